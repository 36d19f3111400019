/** Starts the engine that TensorFlow.js runs on: native TensorFlow where it can be had, else the portable one. */
import { availableParallelism } from 'node:os';
import { TensorflowBinding } from '../binding/tensorflow-binding.ts';
import { createContext } from '../c-api/context.ts';
import { ensureLibrary } from '../library/ensure-library.ts';
import type { Library } from '../library/library.ts';
import type { WheelProgress } from '../library/wheel.ts';
import { tf } from '../tf.ts';
import { createTensorflowBackend } from './tensorflow-backend.ts';

export interface EngineOptions {
  /** Threads within one operation; all cores by default. */
  threads?: number;
  onProgress?: (progress: WheelProgress) => void;
}

export interface Engine {
  name: 'tensorflow';
  /** TensorFlow's version. */
  version: string;
  threads: number;
  devices: { name: string; type: string }[];
  library: Library;
}

let started: Promise<Engine> | undefined;

/** The engine of this process, started at the first call; later calls return the same, whatever their options. */
export function startEngine(options: EngineOptions = {}): Promise<Engine> {
  started ??= startTensorflow(options);
  return started;
}

async function startTensorflow({
  threads = availableParallelism(),
  onProgress,
}: EngineOptions): Promise<Engine> {
  const library = await ensureLibrary({ onProgress });
  const context = createContext({ framework: library.framework, cc: library.cc, threads });
  const binding = new TensorflowBinding(context);
  tf.registerBackend('tensorflow', () => createTensorflowBackend(binding) as unknown as tf.KernelBackend, 3);
  await tf.setBackend('tensorflow');
  return { name: 'tensorflow', version: binding.TF_Version, threads, devices: context.devices, library };
}
