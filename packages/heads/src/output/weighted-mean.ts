/** The mean over the rows that count. */
import type { tf } from '@foldwise/tensorflow';

/** values and weights: the same shape; at least one weight is not 0. */
export function weightedMean(values: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  return values.mul(weights).sum().div(weights.sum()) as tf.Scalar;
}
