/** Inputs that fixtures/make_ops.py makes by the same formula, so that the fixtures hold outcomes only. */
import { tf } from '../../tf.ts';

/** `scale * sin(0.37 i + k)` in row-major order, float32. */
export function wave<T extends tf.Tensor>(shape: readonly number[], k: number, scale = 1): T {
  const count = shape.reduce((product, n) => product * n, 1);
  const values = Float32Array.from({ length: count }, (_, i) => scale * Math.sin(i * 0.37 + k));
  return tf.tensor(values, [...shape], 'float32') as unknown as T;
}
