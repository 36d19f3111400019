/** Scaled dot-product self-attention (Vaswani et al. 2017) over several heads. */
import { tf } from '../tf.ts';
import { dropout } from './dropout.ts';
import { maskedSoftmax } from './masked-softmax.ts';
import { product } from './product.ts';

/**
 * Each position's mean of the values, weighted by softmax(q kᵀ / √size) over the positions that are not masked.
 * qkv: [batch, tokens, 3 * heads * size], queries, keys and values side by side; bias: [batch, 1, 1, tokens], 0, or a
 * large negative number where masked; result: [batch, tokens, heads * size]. `rate` is the weights' dropout in
 * training.
 */
export function selfAttention(
  qkv: tf.Tensor3D,
  bias: tf.Tensor4D,
  { heads, rate = 0 }: { heads: number; rate?: number },
): tf.Tensor3D {
  const [batch, tokens, width] = qkv.shape;
  const size = width / 3 / heads;
  // One transposition for all three, and along the first axis they come apart without a copy.
  const [q, k, v] = tf.unstack(qkv.reshape([batch, tokens, 3, heads, size]).transpose([2, 0, 3, 1, 4])); // [batch, heads, tokens, size]
  // Scaling the queries costs tokens * size products a head, scaling the scores tokens * tokens.
  const scores = product(q!.mul(1 / Math.sqrt(size)), k!, true); // [batch, heads, tokens, tokens]
  const weights = dropout(maskedSoftmax(scores, bias), rate);
  return product(weights, v!)
    .transpose([0, 2, 1, 3])
    .reshape([batch, tokens, width / 3]) as tf.Tensor3D;
}
