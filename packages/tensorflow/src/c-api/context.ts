/** One eager context of libtensorflow: the C functions, the context, and error checks. */
import koffi from 'koffi';
import { loadCApi, type CApi, type Pointer } from './c-api.ts';
import { configProto } from './config-proto.ts';

export interface ContextOptions {
  /** libtensorflow_framework and libtensorflow_cc. */
  framework: string;
  cc: string;
  /** Threads within one operation. */
  threads: number;
}

/** What every caller of the C API holds. */
export interface Context {
  api: CApi;
  handle: Pointer;
  /** Runs a C function that reports into a TF_Status, and turns a bad status into an Error about `what`. */
  checked: <R>(what: string, call: (status: Pointer) => R) => R;
  devices: { name: string; type: string }[];
}

/** Loads the library and makes the context. @throws with TensorFlow's own message where it refuses. */
export function createContext(options: ContextOptions): Context {
  // Both are read by the library at its start. oneDNN is TensorFlow's default on some CPUs only; its products take
  // half of the time on those that were left out, too (AMD's before Zen 4).
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  const api = loadCApi(options);
  let status = api.newStatus();
  const checked = <R>(what: string, call: (status: Pointer) => R): R => {
    const result = call(status);
    if (api.getCode(status) === 0) return result;
    const message = `${what}: ${api.message(status)}`;
    // Not every function clears the status before it starts, so a bad one is not used again.
    api.deleteStatus(status);
    status = api.newStatus();
    throw new Error(message);
  };
  const contextOptions = api.newContextOptions();
  const config = configProto(options.threads);
  try {
    checked('TensorFlow configuration', (s) => api.setConfig(contextOptions, config, config.length, s));
    const handle = checked('TensorFlow context', (s) => api.newContext(contextOptions, s));
    return { api, handle, checked, devices: listDevices(api, handle, checked) };
  } finally {
    api.deleteContextOptions(contextOptions);
  }
}

function listDevices(api: CApi, handle: Pointer, checked: Context['checked']) {
  const list = checked('TensorFlow devices', (s) => api.listDevices(handle, s));
  const devices = Array.from({ length: api.deviceCount(list) }, (_, i) => ({
    name: checked('device name', (s) => api.deviceName(list, i, s)),
    type: checked('device type', (s) => api.deviceType(list, i, s)),
  }));
  api.deleteDeviceList(list);
  return devices;
}

/** The bytes of a TF_Buffer, copied. */
export function readBuffer(buffer: Pointer): Uint8Array {
  const { data, length } = koffi.decode(buffer, bufferStruct) as {
    data: Pointer | null;
    length: number | bigint;
  };
  return data === null ? new Uint8Array() : new Uint8Array(koffi.view(data, Number(length))).slice();
}

const bufferStruct = koffi.struct({ data: 'void *', length: 'size_t' });
