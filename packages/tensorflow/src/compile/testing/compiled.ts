/** Compiled functions and variables for one test, which are gone after it; whatever else it leaves behind fails it. */
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { nativeBackend } from '../../backend/native-backend.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { tf } from '../../tf.ts';
import { compile, type CompiledFunction, type CompileOptions } from '../compile.ts';
import type { Nested } from '../nested.ts';

const disposals: (() => void)[] = [];

export const binding = () => nativeBackend()!.binding;

/** Starts TensorFlow, and checks that every test, those of errors too, leaves neither tensors nor values behind. */
export function watchLeaks(): void {
  let tensors: number;
  let entries: number;

  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
  });

  beforeEach(() => {
    tensors = tf.memory().numTensors;
    entries = binding().getNumOfTensors();
  });

  afterEach(() => {
    for (const dispose of disposals.splice(0)) dispose();
    expect(tf.memory().numTensors).toBe(tensors);
    expect(binding().getNumOfTensors()).toBe(entries);
  });
}

/** `compile`, disposed after the test. */
export function compiled<A extends readonly Nested[], R extends Nested>(
  fn: (...args: A) => R,
  options?: CompileOptions,
): CompiledFunction<A, R> {
  const made = compile(fn, options);
  disposals.push(made.dispose);
  return made;
}

/** A variable, disposed after the test. */
export function variable(values: tf.TensorLike, dtype: tf.DataType = 'float32'): tf.Variable {
  const made = tf.tidy(() => tf.variable(tf.tensor(values, undefined, dtype)));
  disposals.push(() => made.dispose());
  return made;
}

/** The values of a tensor, which is disposed. */
export function taken(tensor: tf.Tensor): number[] {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}
