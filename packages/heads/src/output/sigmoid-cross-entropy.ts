/** Cross-entropy of 0/1 labels, on logits. */
import type { tf } from '@foldwise/tensorflow';

/** Element by element: max(x, 0) - x y + log(1 + exp(-|x|)), which overflows nowhere. labels: 0 or 1. */
export function sigmoidCrossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  return logits.relu().sub(logits.mul(labels)).add(logits.abs().neg().exp().log1p());
}
