/** Means of hidden states, weighted by a softmax over unmasked tokens. */
import { maskedSoftmax, product, type tf } from '@foldwise/tensorflow';

/** Added to the scores of masked tokens: below any score, and finite. */
const masked = -1e30;

/**
 * hidden: [batch, tokens, n]; scores: [batch, tokens, heads]; mask: float32 [batch, tokens, 1]; result:
 * [batch, heads, n], 0 for a row without a token.
 */
export function attend(hidden: tf.Tensor3D, scores: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor3D {
  const kept = mask.transpose<tf.Tensor3D>([0, 2, 1]); // [batch, 1, tokens]
  const weights = maskedSoftmax(scores.transpose<tf.Tensor3D>([0, 2, 1]), kept.sub(1).mul(-masked));
  // The softmax of a row without a token is spread over its padding.
  return product(weights.mul(kept), hidden);
}
