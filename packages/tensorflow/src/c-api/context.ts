/** One eager context of libtensorflow: the C functions, the context, and error checks. */
import koffi from 'koffi';
import { loadCApi, type CApi, type Pointer } from './c-api.ts';
import { readEnvironment, writeEnvironment } from './c-environment.ts';
import { configProto, type Config } from './config-proto.ts';
import { limitCpuMemory } from './cpu-memory-limit.ts';
import { copyMemory } from './memory.ts';

export interface ContextOptions {
  /** libtensorflow_framework and libtensorflow_cc. */
  framework: string;
  cc: string;
  config: Config;
}

/** What TensorFlow computes on. */
export interface Device {
  /** In full, as `/job:localhost/replica:0/task:0/device:GPU:0`. */
  name: string;
  /** `CPU` or `GPU`. */
  type: string;
  /**
   * The most memory that TensorFlow takes of it. Undefined for the CPU: TensorFlow states 256 MiB for every one, and
   * does not keep to it.
   */
  memoryBytes: number | undefined;
}

/** What every caller of the C API holds. */
export interface Context {
  api: CApi;
  handle: Pointer;
  /** Runs a C function that reports into a TF_Status, and turns a bad status into an Error about `what`. */
  checked: <R>(what: string, call: (status: Pointer) => R) => R;
  devices: Device[];
  /** libtensorflow_cc, for those who need more of it. */
  cc: string;
  /** The settings, serialized. */
  config: Uint8Array;
}

/** Loads the library and makes the context. @throws with TensorFlow's own message where it refuses. */
export function createContext(options: ContextOptions): Context {
  // Both are read by the library at its start. oneDNN is TensorFlow's default on some CPUs only; its products take
  // half of the time on those that were left out, too (AMD's before Zen 4).
  setDefault('TF_CPP_MIN_LOG_LEVEL', '2');
  setDefault('TF_ENABLE_ONEDNN_OPTS', '1');
  const api = loadCApi(options);
  let status = api.newStatus();
  const checked = <R>(what: string, call: (status: Pointer) => R): R => {
    const result = call(status);
    if (api.getCode(status) === 0) return result;
    const told = api.message(status);
    // Our own operations name themselves.
    const message = told.startsWith(`${what}: `) ? told : `${what}: ${told}`;
    // Not every function clears the status before it starts, so a bad one is not used again.
    api.deleteStatus(status);
    status = api.newStatus();
    throw new Error(message);
  };
  const contextOptions = api.newContextOptions();
  const restore = limitCpuMemory(options.config);
  const config = configProto(options.config);
  try {
    checked('TensorFlow configuration', (s) => api.setConfig(contextOptions, config, config.length, s));
    const handle = checked('TensorFlow context', (s) => api.newContext(contextOptions, s));
    const { cc } = options;
    return { api, handle, checked, devices: listDevices(api, handle, checked), cc, config };
  } finally {
    restore();
    api.deleteContextOptions(contextOptions);
  }
}

/** Of a variable, unless somebody has set it: for this thread alone, where it is a worker, or for the process. */
function setDefault(name: string, value: string): void {
  writeEnvironment(name, process.env[name] ?? readEnvironment(name) ?? value);
}

function listDevices(api: CApi, handle: Pointer, checked: Context['checked']): Device[] {
  const list = checked('TensorFlow devices', (s) => api.listDevices(handle, s));
  try {
    return Array.from({ length: api.deviceCount(list) }, (_, i) => {
      const name = checked('device name', (s) => api.deviceName(list, i, s));
      const type = checked('device type', (s) => api.deviceType(list, i, s));
      const bytes = checked('device memory', (s) => api.deviceMemoryBytes(list, i, s));
      return { name, type, memoryBytes: type === 'CPU' ? undefined : bytes };
    });
  } finally {
    api.deleteDeviceList(list);
  }
}

/** The bytes of a TF_Buffer, copied. */
export function readBuffer(buffer: Pointer): Uint8Array {
  const { data, length } = koffi.decode(buffer, bufferStruct) as {
    data: Pointer | null;
    length: number | bigint;
  };
  const bytes = new Uint8Array(Number(length));
  if (data !== null) copyMemory(bytes, data, bytes.length);
  return bytes;
}

const bufferStruct = koffi.struct({ data: 'void *', length: 'size_t' });
