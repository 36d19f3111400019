/** Scaled dot-product self-attention (Vaswani et al. 2017) over several heads. */
import { tf } from '../tf.ts';
import { dropout } from './dropout.ts';
import { dropoutOf, usesKernels } from './kernels.ts';
import { maskedSoftmax } from './masked-softmax.ts';
import { nativeOp, nativeOps, nativeType } from './native-op.ts';
import { product } from './product.ts';
import { packedSequences } from '../scope/scope.ts';
import { withGradient } from './with-gradient.ts';

export interface SelfAttentionOptions {
  heads: number;
  /** Of qkv, [3 * heads * size]: added before anything else. */
  bias?: tf.Tensor1D;
  /** Share of the weights dropped in training. */
  rate?: number;
}

/**
 * Each position's mean of the values, weighted by softmax(q kᵀ / √size) over the positions that are not masked.
 * qkv: [batch, tokens, 3 * heads * size], queries, keys and values side by side; mask: [batch, tokens], added to the
 * scores: 0, or a large negative number where masked; result: [batch, tokens, heads * size]. The mask has no gradient.
 *
 * In `withPackedSequences`, qkv is [1, rows, 3 * heads * size]: each row attends to those of its sequence, and the mask is not read.
 */
export function selfAttention(
  qkv: tf.Tensor3D,
  mask: tf.Tensor2D,
  { heads, bias, rate = 0 }: SelfAttentionOptions,
): tf.Tensor3D {
  const starts = packedSequences()?.starts;
  if (usesKernels())
    return tf.tidy(() => fused(qkv, starts ? tf.zeros([0]) : mask, starts, { heads, bias, rate }));
  if (starts)
    throw new Error(
      'Sequences without padding between them need kernels, which are not there: see `canPackSequences`.',
    );
  return tf.tidy(() => plain(bias ? qkv.add(bias) : qkv, mask, heads, rate));
}

function plain(qkv: tf.Tensor3D, mask: tf.Tensor2D, heads: number, rate: number): tf.Tensor3D {
  const [batch, tokens, width] = qkv.shape;
  const size = width / 3 / heads;
  // One transposition for all three, and along the first axis they come apart without a copy.
  const [q, k, v] = tf.unstack(qkv.reshape([batch, tokens, 3, heads, size]).transpose([2, 0, 3, 1, 4])); // [batch, heads, tokens, size]
  // Scaling the queries costs tokens * size products a head, scaling the scores tokens * tokens.
  const scores = product(q!.mul(1 / Math.sqrt(size)), k!, false, true); // [batch, heads, tokens, tokens]
  const weights = dropout(maskedSoftmax(scores, mask.reshape([batch, 1, 1, tokens])), rate);
  return product(weights, v!)
    .transpose([0, 2, 1, 3])
    .reshape<tf.Tensor3D>([batch, tokens, width / 3]);
}

function fused(
  qkv: tf.Tensor3D,
  mask: tf.Tensor,
  starts: tf.Tensor1D = tf.zeros([0], 'int32'),
  { heads, bias, rate = 0 }: SelfAttentionOptions,
): tf.Tensor3D {
  const [batch, tokens, columns] = qkv.shape;
  const width = columns / 3;
  const { seed, attributes } = dropoutOf(rate);
  const parts = qkv.reshape([batch, tokens, 3, width]);
  const biases = bias ? bias.reshape([3, width]) : tf.zeros([0]);
  return withGradient('selfAttention', [parts, biases], ([parts, biases], save) => {
    save(parts, biases, mask, starts, seed);
    const common = { T: { type: nativeType(parts) }, heads, ...attributes };
    return {
      value: nativeOp('FoldwiseAttention', common, [parts, biases, mask, starts, seed]),
      gradient: (dy, saved) => {
        const all = { D: { type: nativeType(dy) }, ...common };
        const [dparts, dbiases] = nativeOps('FoldwiseAttentionGrad', all, [dy, ...saved], 2);
        return [dparts!, bias ? dbiases! : tf.zeros([0])];
      },
    };
  }) as tf.Tensor3D;
}
