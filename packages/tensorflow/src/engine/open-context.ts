/** Makes TensorFlow's context on the device that was asked for, and says what there is where that one is missing. */
import { createContext, type Context, type Device } from '../c-api/context.ts';
import type { Config } from '../c-api/config-proto.ts';
import { cpuMemoryLimit } from '../c-api/cpu-memory-limit.ts';
import type { Library } from '../library/library.ts';
import { gpuNumber, type DeviceChoice } from './choose-device.ts';
import { explainLoadFailure } from './explain-load-failure.ts';
import { limitsCpuMemory } from './limits-cpu-memory.ts';

interface Wish {
  library: Library;
  device: DeviceChoice;
  /** All of the settings but the device. */
  settings: Omit<Config, 'device'>;
}

/** @throws if the library does not load, the device is not there, or the memory of the one that is used cannot be limited. */
export function openContext({ library, device, settings }: Wish): Context {
  const open = (configured: Config['device']) =>
    explainLoadFailure(library, () =>
      createContext({ ...library, config: { ...settings, device: configured } }),
    );
  const gpu = gpuNumber(device);
  let context: Context;
  try {
    context = open(gpu ?? (device === 'cpu' ? 'cpu' : 'auto'));
  } catch (error) {
    // With a number that no GPU has, TensorFlow makes no context.
    if (gpu === undefined) throw error;
    const { devices } = open('auto');
    if (gpuCount(devices) > gpu) throw error;
    throw new Error(missing(device, devices), { cause: error });
  }
  const { devices, api, handle } = context;
  const problem = findProblem(devices, device, settings.memory);
  if (problem === undefined) return context;
  api.deleteContext(handle);
  throw new Error(problem);
}

function findProblem(devices: readonly Device[], device: DeviceChoice, { limitBytes }: Config['memory']) {
  if (gpuCount(devices) > 0) return undefined;
  if (gpuNumber(device) !== undefined) return missing(device, devices);
  if (limitBytes === undefined) return undefined;
  if (!limitsCpuMemory())
    return 'memory.limitBytes is set, but TensorFlow runs on the CPU here, and knows a limit there only with oneDNN on Linux (x64). Leave it out, and limit the process by means of the system, such as a container.';
  const holds = cpuMemoryLimit();
  if (holds === limitBytes) return undefined;
  return `memory.limitBytes is ${limitBytes}, but TensorFlow has started in this process before, in another thread or in vain, with ${holds ?? 'no limit'}, which holds until the process ends. Start another process, or set the limit at the first start.`;
}

function missing(asked: DeviceChoice, devices: readonly Device[]): string {
  const gpus = Array.from({ length: gpuCount(devices) }, (_, i) => `gpu:${i}`);
  return `There is no device "${asked}" here; TensorFlow finds ${['cpu', ...gpus].join(', ')}.`;
}

function gpuCount(devices: readonly Device[]): number {
  return devices.filter(({ type }) => type === 'GPU').length;
}
