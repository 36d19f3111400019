/** The mean of hidden states over unmasked tokens. */
import type { tf } from '@foldwise/tensorflow';

/** hidden: [batch, tokens, n]; mask: float32 [batch, tokens, 1]; result: [batch, n]. */
export function meanOverTokens(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
  // A row that only fills up a batch may have no token at all; it is not used, but must not be NaN.
  return hidden.mul(mask).sum(1).div(mask.sum(1).maximum(1));
}
