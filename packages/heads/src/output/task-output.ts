/** What a task asks of a model's last layer: how many outputs, the loss, and predictions from logits. */
import { tf } from '@foldwise/tensorflow';
import { ordinalOutput } from './ordinal-output.ts';
import { sigmoidCrossEntropy } from './sigmoid-cross-entropy.ts';
import { weightedMean } from './weighted-mean.ts';

/** How many rows of a batch count: padded rows weigh 0. */
type RowWeights = tf.Tensor1D;

export interface TaskOutput {
  /** Columns of the logits. */
  outputs: number;
  /** Columns of the labels that `loss` takes. */
  labels: number;
  /** Columns of what `predict` gives. */
  predictions: number;
  /** Mean loss over the rows that weigh 1. logits: [batch, outputs]; labels: float32 [batch, labels]. */
  loss: (logits: tf.Tensor2D, labels: tf.Tensor2D, weights: RowWeights) => tf.Scalar;
  /** Numbers for regression, probabilities otherwise: [batch, predictions]. */
  predict: (logits: tf.Tensor2D) => tf.Tensor2D;
}

export type OutputTask = 'regression' | 'binary' | 'multi-class' | 'multi-label' | 'ordinal';

/**
 * The output of a task. `columns` counts target columns (regression, multi-label) or classes (multi-class, ordinal).
 * Losses: squared error; sigmoid and softmax cross-entropy on logits; CORN for ordered classes.
 */
export function taskOutput(task: OutputTask, columns: number): TaskOutput {
  if (task === 'ordinal') return ordinalOutput(columns);
  if (task === 'regression')
    return {
      outputs: columns,
      labels: columns,
      predictions: columns,
      loss: (logits, labels, weights) => weightedMean(logits.sub(labels).square().mean(1), weights),
      predict: (logits) => logits,
    };
  if (task === 'multi-class')
    return {
      outputs: columns,
      labels: 1,
      predictions: columns,
      loss: (logits, labels, weights) => {
        const truth = tf.oneHot(labels.reshape([-1]).toInt(), columns);
        return weightedMean(tf.logSoftmax(logits).mul(truth).sum(1).neg(), weights);
      },
      predict: (logits) => tf.softmax(logits),
    };
  const outputs = task === 'binary' ? 1 : columns;
  return {
    outputs,
    labels: outputs,
    predictions: outputs,
    loss: (logits, labels, weights) => weightedMean(sigmoidCrossEntropy(logits, labels).mean(1), weights),
    predict: (logits) => logits.sigmoid(),
  };
}
