/** Scaled dot-product attention (Vaswani et al. 2017) over several heads. */
import { tf } from '../tf.ts';
import { dropout } from './dropout.ts';
import { maskedSoftmax } from './masked-softmax.ts';

/**
 * Each position's mean of the values, weighted by softmax(q kᵀ / √size) over the positions that are not masked.
 * q, k, v: [batch, tokens, heads * size]; bias: [batch, 1, 1, tokens], 0 or a large negative number where masked;
 * result: [batch, tokens, heads * size]. `rate` is the dropout of the weights in training.
 */
export function attention(
  q: tf.Tensor3D,
  k: tf.Tensor3D,
  v: tf.Tensor3D,
  bias: tf.Tensor4D,
  { heads, rate = 0 }: { heads: number; rate?: number },
): tf.Tensor3D {
  const [batch, tokens, width] = q.shape;
  const size = width / heads;
  const split = (x: tf.Tensor3D) => x.reshape([batch, tokens, heads, size]).transpose([0, 2, 1, 3]);
  // Scaling the queries costs tokens x size products a head, scaling the scores tokens x tokens.
  const scores = tf.matMul(split(q.mul(1 / Math.sqrt(size))), split(k), false, true); // [batch, heads, tokens, tokens]
  const weights = dropout(maskedSoftmax(scores, bias), rate);
  return tf.matMul(weights, split(v)).transpose([0, 2, 1, 3]).reshape([batch, tokens, width]) as tf.Tensor3D;
}
