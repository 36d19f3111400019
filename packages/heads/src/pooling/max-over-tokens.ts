/** The maximum of each feature over unmasked tokens. */
import type { tf } from '@foldwise/tensorflow';

/** Below any hidden state, and finite: infinities would make NaN of masked features' gradients. */
const lowest = -1e30;

/** hidden: [batch, tokens, n]; mask: float32 [batch, tokens, 1]; result: [batch, n]. */
export function maxOverTokens(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
  return hidden.mul(mask).add(mask.sub(1).mul(-lowest)).max(1);
}
