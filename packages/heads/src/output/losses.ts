/** Losses of single rows, and their mean over the rows that count. */
import { tf } from '@foldwise/tensorflow';

/** The mean squared error of each row. logits and labels: [batch, columns]; result: [batch]. */
export function squaredError(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor {
  return logits.sub(labels).square().mean(1);
}

/** Element by element: max(x, 0) - x y + log(1 + exp(-|x|)), which overflows nowhere. labels: 0 or 1. */
export function sigmoidCrossEntropy(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  return logits.relu().sub(logits.mul(labels)).add(logits.abs().neg().exp().log1p());
}

/** logits: [batch, classes]; labels: classes from 0, [batch, 1]; result: [batch]. */
export function softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor {
  const truth = tf.oneHot(labels.reshape([-1]).toInt(), logits.shape[1]);
  return tf.logSoftmax(logits).mul(truth).sum(1).neg();
}

/** values and weights: the same shape; at least one weight is not 0. */
export function weightedMean(values: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  return values.mul(weights).sum().div<tf.Scalar>(weights.sum());
}
