/** Starts the engine that TensorFlow.js runs on: native TensorFlow where it can be had, else the portable one. */
import { availableParallelism } from 'node:os';
import { TensorflowBinding } from '../binding/tensorflow-binding.ts';
import { noteKernels } from '../kernels/has-kernels.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { ensureLibrary } from '../library/ensure-library.ts';
import type { WheelProgress } from '../library/wheel.ts';
import { tf } from '../tf.ts';
import { chooseDevice, gpuNumber, type DeviceChoice } from './choose-device.ts';
import { chooseEngine, type EngineChoice } from './choose-engine.ts';
import { cpuFeatures } from './cpu-features.ts';
import type { Engine, TensorflowEngine } from './engine.ts';
import { openContext } from './open-context.ts';
import { startWasm } from './start-wasm.ts';
import { createTensorflowBackend } from './tensorflow-backend.ts';

export type { Engine } from './engine.ts';

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
   * `limitBytes`: TensorFlow takes no more than that of the device that it computes on; an operation that needs more
   * fails, after ten seconds of waiting for memory. Of a GPU in whole MiB, and of one GPU only. On the CPU it holds for
   * the buffers of tensors, with oneDNN on Linux (x64); an error elsewhere. With the device `auto` it holds for both.
   * `growth`: TensorFlow takes of a GPU what it needs, piece by piece, as it does on the CPU anyway. By default it
   * takes nearly all of a GPU's memory at once.
   */
  memory?: { limitBytes?: number; growth?: boolean };
  /** How the download of TensorFlow goes, where there is one. */
  onProgress?: (progress: WheelProgress) => void;
}

let started: Promise<Engine> | undefined;

/**
 * The engine of this process, started at the first call; later calls return the same, whatever their options.
 * `FOLDWISE_ENGINE` (`tensorflow` or `wasm`) and `FOLDWISE_DEVICE` decide where the options leave it to `auto`.
 *
 * @throws if the engine that was asked for cannot start, saying what to do; the next call tries again.
 */
export function startEngine(options: EngineOptions = {}): Promise<Engine> {
  started ??= start(options).catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function start(options: EngineOptions): Promise<Engine> {
  const { threads = 1, interOpThreads = 1, memory = {} } = options;
  checkCount('threads', threads, 1);
  checkCount('interOpThreads', interOpThreads, 1);
  if (memory.limitBytes !== undefined) checkCount('memory.limitBytes', memory.limitBytes, 2 ** 20);
  const device = chooseDevice(options.device);
  const { engine, reason } = chooseEngine(options.engine);
  const needed =
    gpuNumber(device) !== undefined
      ? `The device "${device}"`
      : memory.limitBytes !== undefined
        ? 'memory.limitBytes'
        : undefined;
  if (engine === 'wasm') {
    if (needed)
      throw new Error(`${needed} needs TensorFlow; the portable engine knows the CPU only. ${reason}`);
    return startWasm(reason);
  }
  try {
    return await startTensorflow(options, device);
  } catch (error) {
    if (engine === 'tensorflow' || needed) throw error;
    return startWasm((error as Error).message);
  }
}

function checkCount(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`${name} is ${value}; expected a whole number of at least ${least}.`);
}

async function startTensorflow(options: EngineOptions, device: DeviceChoice): Promise<TensorflowEngine> {
  const { threads = availableParallelism(), interOpThreads = 1, memory = {}, onProgress } = options;
  if (process.arch === 'x64' && cpuFeatures()?.includes('avx') === false)
    // The library would end the process.
    throw new Error('This processor lacks AVX, which TensorFlow needs. Set FOLDWISE_ENGINE to wasm.');
  const library = await ensureLibrary({ onProgress });
  const settings = { threads, interOpThreads, memory };
  const context = openContext({ library, device, settings });
  const binding = new TensorflowBinding(context);
  tf.registerBackend('tensorflow', () => createTensorflowBackend(binding) as unknown as tf.KernelBackend, 3);
  // tfjs reports the cause on the console, and would go on with another backend.
  if (!(await tf.setBackend('tensorflow'))) {
    tf.removeBackend('tensorflow');
    throw new Error(
      `TensorFlow ${binding.TF_Version} in ${library.folder} does not start under TensorFlow.js.`,
    );
  }
  const { devices } = context;
  // With a GPU, TensorFlow's own operations stay on it.
  const kernels = binding.isUsingGpuDevice()
    ? noteKernels({ missing: 'A GPU computes, with operations of TensorFlow.' })
    : await loadKernels({ ...library, threads });
  const version = binding.TF_Version;
  return { name: 'tensorflow', version, threads, interOpThreads, devices, library, kernels };
}
