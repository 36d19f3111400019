/**
 * The parts of a training step that compose into one compiled function: forward gives a loss, backward its gradients.
 * What changes gradients (adversarial weights, accumulation) is a function from `Gradients` to `Gradients`.
 */
import type { TaskOutput } from '@foldwise/heads';
import { tf, trainWith, withPrecision, type Precision } from '@foldwise/tensorflow';
import { applyModel } from '../batches/batch-tensors.ts';

/** The tensors of a batch: labels [size, label columns], weights [size], and what the model takes. */
export type BatchTensors = tf.NamedTensorMap;

/** The mean loss of a batch. */
export type Forward = (batch: BatchTensors) => tf.Scalar;

/** The loss, and its gradients by the names of the variables. `key` [2] is that of the step's dropout masks. */
export type Gradients = (
  batch: BatchTensors,
  key: tf.Tensor1D,
) => { value: tf.Scalar; grads: tf.NamedTensorMap };

export function forward(model: tf.LayersModel, output: TaskOutput): Forward {
  return ({ labels, weights, ...texts }) => {
    const logits = applyModel(model, texts) as tf.Tensor2D;
    // Several samples of dropout are several times the rows; the mean over all is the mean of their losses.
    const samples = logits.shape[0] / labels!.shape[0];
    const repeated = (x: tf.Tensor) =>
      samples === 1 ? x : x.tile(x.shape.map((_, axis) => (axis === 0 ? samples : 1)));
    return output.loss(logits, repeated(labels!) as tf.Tensor2D, repeated(weights!) as tf.Tensor1D);
  };
}

/** @param precision of matrix products, forward and backward */
export function backward(loss: Forward, variables: tf.Variable[], precision: Precision): Gradients {
  return (batch, key) =>
    withPrecision(precision, () => tf.variableGrads(() => trainWith(key, () => loss(batch)), variables));
}
