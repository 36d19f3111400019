/** What a task asks of a model's last layer: how many outputs, the loss, and predictions from logits. */
import type { tf } from '@foldwise/tensorflow';

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
