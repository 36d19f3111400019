/** Inputs that fixtures/make_ops.py makes by the same formula, so that the fixtures hold outcomes only. */
import { tf } from '../../tf.ts';

/** `scale * sin(0.37 i + k)` in row-major order, float32. */
export function wave<R extends tf.Rank>(shape: tf.ShapeMap[R], k: number, scale = 1): tf.Tensor<R> {
  const count = tf.util.sizeFromShape(shape);
  const values = Float32Array.from({ length: count }, (_, i) => scale * Math.sin(i * 0.37 + k));
  return tf.tensor<R>(values, shape, 'float32');
}
