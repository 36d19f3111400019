/** Starts the engine that TensorFlow.js runs on: native TensorFlow where it can be had, else the portable one. */
import { availableParallelism } from 'node:os';
import { TensorflowBinding } from '../binding/tensorflow-binding.ts';
import { createContext } from '../c-api/context.ts';
import { ensureLibrary } from '../library/ensure-library.ts';
import type { WheelProgress } from '../library/wheel.ts';
import { tf } from '../tf.ts';
import { chooseEngine, type EngineChoice } from './choose-engine.ts';
import { cpuFeatures } from './cpu-features.ts';
import type { Engine, TensorflowEngine } from './engine.ts';
import { explainLoadFailure } from './explain-load-failure.ts';
import { startWasm } from './start-wasm.ts';
import { createTensorflowBackend } from './tensorflow-backend.ts';

export type { Engine } from './engine.ts';

export interface EngineOptions {
  /** `auto` (default): TensorFlow, or the portable engine where TensorFlow cannot be had. */
  engine?: EngineChoice;
  /** Threads within one operation of TensorFlow; all cores by default. */
  threads?: number;
  /** How the download of TensorFlow goes, where there is one. */
  onProgress?: (progress: WheelProgress) => void;
}

let started: Promise<Engine> | undefined;

/**
 * The engine of this process, started at the first call; later calls return the same, whatever their options.
 * `FOLDWISE_ENGINE` (`tensorflow` or `wasm`) decides where the options leave it to `auto`.
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
  const { threads = 1 } = options;
  if (!Number.isInteger(threads) || threads < 1)
    throw new Error(`threads is ${threads}; expected a whole number of at least 1.`);
  const { engine, reason } = chooseEngine(options.engine);
  if (engine === 'wasm') return startWasm(reason);
  try {
    return await startTensorflow(options);
  } catch (error) {
    if (engine === 'tensorflow') throw error;
    return startWasm((error as Error).message);
  }
}

async function startTensorflow(options: EngineOptions): Promise<TensorflowEngine> {
  const { threads = availableParallelism(), onProgress } = options;
  if (process.arch === 'x64' && cpuFeatures()?.includes('avx') === false)
    // The library would end the process.
    throw new Error('This processor lacks AVX, which TensorFlow needs. Set FOLDWISE_ENGINE to wasm.');
  const library = await ensureLibrary({ onProgress });
  const context = explainLoadFailure(library, () => createContext({ ...library, threads }));
  const binding = new TensorflowBinding(context);
  tf.registerBackend('tensorflow', () => createTensorflowBackend(binding) as unknown as tf.KernelBackend, 3);
  // tfjs reports the cause on the console, and would go on with another backend.
  if (!(await tf.setBackend('tensorflow'))) {
    tf.removeBackend('tensorflow');
    throw new Error(
      `TensorFlow ${binding.TF_Version} in ${library.folder} does not start under TensorFlow.js.`,
    );
  }
  return { name: 'tensorflow', version: binding.TF_Version, threads, devices: context.devices, library };
}
