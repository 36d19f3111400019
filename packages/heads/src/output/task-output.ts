/** What a task asks of a model's last layer: how many outputs, the loss, and predictions from logits. */
import { tf } from '@foldwise/tensorflow';

/** How many rows of a batch count: padded rows weigh 0. */
type RowWeights = tf.Tensor1D;

export interface TaskOutput {
  /** Columns of the logits. */
  outputs: number;
  /** Columns of the labels that `loss` takes. */
  labels: number;
  /** Mean loss over the rows that weigh 1. logits: [batch, outputs]; labels: float32 [batch, labels]. */
  loss: (logits: tf.Tensor2D, labels: tf.Tensor2D, weights: RowWeights) => tf.Scalar;
  /** Numbers for regression, probabilities otherwise: [batch, outputs], one column for each. */
  predict: (logits: tf.Tensor2D) => tf.Tensor2D;
}

export type OutputTask = 'regression' | 'binary' | 'multi-class' | 'multi-label';

/**
 * The output of a task. `columns` counts target columns (regression, multi-label) or classes (multi-class).
 * Losses: squared error; sigmoid and softmax cross-entropy on logits.
 */
export function taskOutput(task: OutputTask, columns: number): TaskOutput {
  if (task === 'regression')
    return {
      outputs: columns,
      labels: columns,
      loss: (logits, labels, weights) => weightedMean(logits.sub(labels).square().mean(1), weights),
      predict: (logits) => logits,
    };
  if (task === 'multi-class')
    return {
      outputs: columns,
      labels: 1,
      loss: (logits, labels, weights) => {
        const truth = tf.oneHot(labels.reshape([-1]).toInt() as tf.Tensor1D, columns);
        return weightedMean(tf.logSoftmax(logits).mul(truth).sum(1).neg(), weights);
      },
      predict: (logits) => tf.softmax(logits),
    };
  const outputs = task === 'binary' ? 1 : columns;
  return {
    outputs,
    labels: outputs,
    // max(x, 0) - x y + log(1 + exp(-|x|)), which overflows nowhere.
    loss: (logits, labels, weights) =>
      weightedMean(
        logits.relu().sub(logits.mul(labels)).add(logits.abs().neg().exp().log1p()).mean(1),
        weights,
      ),
    predict: (logits) => logits.sigmoid(),
  };
}

function weightedMean(losses: tf.Tensor, weights: tf.Tensor1D): tf.Scalar {
  return losses.mul(weights).sum().div(weights.sum()) as tf.Scalar;
}
