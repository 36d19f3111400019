/** The portable engine, tfjs-backend-wasm: no native library, no threads, no compiled functions. */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { tf } from '../tf.ts';
import type { WasmEngine } from './engine.ts';
import { registerCpuKernelsForWasm } from './register-cpu-kernels-for-wasm.ts';

/** Starts it. @throws if this Node cannot run it. */
export async function startWasm(reason: string): Promise<WasmEngine> {
  // Imported when needed, because it registers itself; it looks for its files in the working directory otherwise.
  const { setWasmPaths, version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  registerCpuKernelsForWasm();
  if (!(await tf.setBackend('wasm')))
    throw new Error(`The portable engine (tfjs-backend-wasm ${version}) does not start either. ${reason}`);
  return { name: 'wasm', version, threads: 1, reason };
}
