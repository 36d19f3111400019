/** Predictions of a model for many texts. */
import type { TaskOutput } from '@foldwise/heads';
import { compile, withPrecision, type Precision, type tf } from '@foldwise/tensorflow';
import type { Batches } from '@foldwise/tokens';
import { applyModel } from '../batches/batch-tensors.ts';
import { forwardBatches, type ForwardBatchesOptions } from './forward-batches.ts';

/** Predicts with a model as it is at that time; traced once for each shape. */
export interface Predictor {
  /**
   * One array for each output column, in the order of the encodings.
   *
   * @param onBatch called before each batch; it may throw to stop
   */
  predict: (batches: Batches, onBatch?: ForwardBatchesOptions['onBatch']) => Promise<Float64Array[]>;
  dispose: () => void;
}

/** `precision` is that of matrix products. */
export function predictor(
  model: tf.LayersModel,
  output: TaskOutput,
  precision: Precision = 'fp32',
): Predictor {
  const forward = compile(
    (inputs: tf.NamedTensorMap): tf.Tensor =>
      output.predict(withPrecision(precision, () => applyModel(model, inputs) as tf.Tensor2D)),
    { name: 'prediction', maxVariants: 128 },
  );
  return {
    predict: async (batches, onBatch) => {
      const count = batches.encodings.length;
      const columns = Array.from({ length: output.predictions }, () => new Float64Array(count));
      const take = (entry: number, values: Float32Array) =>
        columns.forEach((column, c) => (column[entry] = values[c]!));
      await forwardBatches(forward, { model, batches, onBatch, take });
      return columns;
    },
    dispose: () => forward.dispose(),
  };
}
