/** What `startEngine` takes, and the settings that options and environment make together. */
import type { InstallProgress } from '../library/wheels/wheel.ts';
import { chooseDevice, gpuNumber, type DeviceChoice } from './choose-device.ts';
import { chooseEngine, type EngineChoice } from './choose-engine.ts';

export interface EngineOptions {
  /** `auto` (default): TensorFlow, or the portable engine where TensorFlow cannot be had. */
  engine?: EngineChoice;
  /** Threads within one operation of TensorFlow; all cores by default. */
  threads?: number;
  /** Operations of one compiled function that TensorFlow runs at a time, where they allow it; 1 by default. */
  interOpThreads?: number;
  /**
   * `auto` (default): a GPU where TensorFlow finds one, else the CPU; `cpu`; `gpu`, the first one; `gpu:1` and so on.
   * What is not `auto` is an error where it is not there. The GPU that was chosen is TensorFlow's `GPU:0` then.
   */
  device?: DeviceChoice;
  /**
   * `limitBytes`: TensorFlow takes no more than that, of the device that it computes on, for the buffers of tensors:
   * those that you hold, in any thread, and those that functions need while they run. What needs more fails, after ten
   * seconds of waiting for memory. Of a GPU in whole MiB, and of one GPU only. On the CPU with oneDNN on Linux (x64); an
   * error elsewhere. With the device `auto` it holds for both.
   *
   * On the CPU it does not count buffers of less than 256 KiB, what texts take apart from their tensor, what our fused
   * operations take for themselves while they run (packed factors, partial sums), values that JavaScript holds, which
   * are a new tensor's until its first use, and the program and its libraries (some 450 MB). To keep the whole process
   * to a size, use the system's means, such as a container.
   *
   * `growth`: TensorFlow takes of a GPU what it needs, piece by piece, as it does on the CPU anyway. By default it
   * takes nearly all of a GPU's memory at once.
   */
  memory?: { limitBytes?: number; growth?: boolean };
  /** How the download of TensorFlow goes, where there is one. */
  onProgress?: (progress: InstallProgress) => void;
}

/** What an engine is started with; undefined where its default is to be found out. */
export interface Settings {
  engine: EngineChoice;
  /** Why it is that engine, for people. */
  reason: string;
  threads: number | undefined;
  interOpThreads: number | undefined;
  device: DeviceChoice;
  memory: { limitBytes?: number; growth?: boolean };
  /** The option that no engine but TensorFlow can meet, for messages. */
  needsTensorflow: string | undefined;
}

const names = ['engine', 'threads', 'interOpThreads', 'device', 'memory', 'onProgress'];
const namesOfMemory = ['limitBytes', 'growth'];

/** @throws where an option, `FOLDWISE_ENGINE` or `FOLDWISE_DEVICE` has no such value. */
export function settingsOf(options: EngineOptions): Settings {
  const { threads, interOpThreads, memory = {} } = options;
  checkNames('option', options, names);
  checkNames('option memory', memory, namesOfMemory);
  checkCount('threads', threads, 1);
  checkCount('interOpThreads', interOpThreads, 1);
  checkCount('memory.limitBytes', memory.limitBytes, 2 ** 20);
  if (memory.growth !== undefined && typeof memory.growth !== 'boolean')
    throw new Error(`memory.growth is ${JSON.stringify(memory.growth)}; expected true or false.`);
  const device = chooseDevice(options.device);
  const { engine, reason } = chooseEngine(options.engine);
  const needsTensorflow =
    gpuNumber(device) !== undefined
      ? `The device "${device}"`
      : memory.limitBytes !== undefined
        ? 'memory.limitBytes'
        : undefined;
  return { engine, reason, threads, interOpThreads, device, memory, needsTensorflow };
}

function checkNames(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`startEngine has no ${what} "${unknown}"; expected ${known.join(', ')}.`);
}

function checkCount(name: string, value: number | undefined, least: number): void {
  if (value !== undefined && (!Number.isSafeInteger(value) || value < least))
    throw new Error(`${name} is ${value}; expected a whole number of at least ${least}.`);
}
