/** Starts the engine that TensorFlow.js runs on: native TensorFlow where it can be had, else the portable one. */
import { availableParallelism } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { TensorflowBinding } from '../binding/tensorflow-binding.ts';
import { noteKernels } from '../kernels/has-kernels.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { ensureLibrary } from '../library/ensure-library.ts';
import { tf } from '../tf.ts';
import { cpuFeatures } from './cpu-features.ts';
import type { Engine, TensorflowEngine } from './engine.ts';
import { settingsOf, type EngineOptions, type Settings } from './engine-options.ts';
import { openContext } from './open-context.ts';
import { refuseOtherOptions } from './refuse-other-options.ts';
import { startWasm } from './start-wasm.ts';
import { createTensorflowBackend } from '../backend/create-tensorflow-backend.ts';

export type { Engine } from './engine.ts';
export type { EngineOptions } from './engine-options.ts';

let started: { settings: Settings; engine: Promise<Engine> } | undefined;

/**
 * The engine of this process, started at the first call. Later calls, also while it starts, give the same one.
 * `FOLDWISE_ENGINE` (`tensorflow` or `wasm`) and `FOLDWISE_DEVICE` decide where the options leave it to `auto`.
 *
 * @throws for an option that is none, at every call; if the engine that was asked for cannot start, saying what to do,
 * and the next call tries again; if it has started with other options than these.
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const settings = settingsOf(options);
  if (!started) {
    const engine = start(settings, options.onProgress).catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    started = { settings, engine };
    return engine;
  }
  const first = started;
  const engine = await first.engine.catch((error: unknown) => {
    // Its reason may be an option of that call.
    if (isDeepStrictEqual(settings, first.settings)) throw error;
    return undefined;
  });
  if (!engine) return startEngine(options);
  refuseOtherOptions(options, engine, first.settings);
  return engine;
}

/** The engine that was started, or is about to be. */
export function startedEngine(): Promise<Engine> | undefined {
  return started?.engine;
}

async function start(settings: Settings, onProgress: EngineOptions['onProgress']): Promise<Engine> {
  const { engine, reason, needsTensorflow } = settings;
  if (engine === 'wasm') {
    if (needsTensorflow)
      throw new Error(
        `${needsTensorflow} needs TensorFlow; the portable engine knows the CPU only. ${reason}`,
      );
    return startWasm(reason);
  }
  try {
    return await startTensorflow(settings, onProgress);
  } catch (error) {
    if (engine === 'tensorflow' || needsTensorflow) throw error;
    return startWasm((error as Error).message);
  }
}

async function startTensorflow(
  { threads = availableParallelism(), interOpThreads = 1, memory, device }: Settings,
  onProgress: EngineOptions['onProgress'],
): Promise<TensorflowEngine> {
  if (process.arch === 'x64' && cpuFeatures()?.includes('avx') === false)
    // The library would end the process.
    throw new Error('This processor lacks AVX, which TensorFlow needs. Set FOLDWISE_ENGINE to wasm.');
  const library = await ensureLibrary({ onProgress });
  const settings = { threads, interOpThreads, memory };
  const context = openContext({ library, device, settings });
  const binding = new TensorflowBinding(context);
  tf.registerBackend('tensorflow', () => createTensorflowBackend(binding), 3);
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
