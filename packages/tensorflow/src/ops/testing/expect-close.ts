/** Compares numbers as fp32 allows: relative to their size above 1, absolutely below. */
import { expect } from 'vitest';
import { tf } from '../../tf.ts';

/** `expected` may be nested, row-major. */
export function expectClose(actual: ArrayLike<number>, expected: tf.TensorLike, tolerance = 1e-6): void {
  const flat = tf.util.flatten<number>(expected as tf.RecursiveArray<number>);
  expect(actual.length).toBe(flat.length);
  flat.forEach((value, i) => {
    const error = Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value));
    if (!(error <= tolerance))
      expect.fail(`element ${i}: ${actual[i]}, expected ${value}; off by ${error}, more than ${tolerance}`);
  });
}
