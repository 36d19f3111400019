/** The maximum of each feature over unmasked tokens. */
import type { tf } from '@foldwise/tensorflow';

/** Below any hidden state, and finite: infinities would make NaN of masked features' gradients. */
const lowest = -1e30;

/** hidden: [batch, tokens, n]; mask: float32 [batch, tokens, 1]; result: [batch, n], 0 for a row without a token. */
export function maxOverTokens(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
  const kept = hidden.mul(mask).add(mask.sub(1).mul(-lowest));
  return kept.max(1).mul(mask.max(1));
}
