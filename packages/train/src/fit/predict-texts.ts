/** Predictions of a model for many texts. */
import type { TaskOutput } from '@foldwise/heads';
import { compile, withPrecision, type Precision, type tf } from '@foldwise/tensorflow';
import { forwardBatches } from './forward-batches.ts';
import type { PlannedBatch } from './planned-batch.ts';
import { applyModel } from './text-inputs.ts';

export interface PredictTextsOptions {
  /** Each text's token ids. */
  tokens: readonly Int32Array[];
  padId: number;
  /** Each text in one of them. */
  batches: readonly PlannedBatch[];
  /** Called before each batch; it may throw to stop. */
  onBatch?: (batch: number, batches: number) => void;
}

/** Predicts with a model as it is at that time; traced once for each shape. */
export interface Predictor {
  /** One array for each output column, in the order of the texts. */
  predict: (options: PredictTextsOptions) => Promise<Float64Array[]>;
  dispose: () => void;
}

/** `precision` is that of matrix products. */
export function predictor(
  model: tf.LayersModel,
  output: TaskOutput,
  precision: Precision = 'fp32',
): Predictor {
  const forward = compile(
    (inputs: tf.NamedTensorMap) =>
      output.predict(withPrecision(precision, () => applyModel(model, inputs) as tf.Tensor2D)) as tf.Tensor,
    { name: 'prediction', maxVariants: 128 },
  );
  return {
    predict: async ({ tokens, padId, batches, onBatch }) => {
      const columns = Array.from({ length: output.predictions }, () => new Float64Array(tokens.length));
      const take = (row: number, values: Float32Array) =>
        columns.forEach((column, c) => (column[row] = values[c]!));
      await forwardBatches(forward, { batches, tokens, padId, onBatch, take });
      return columns;
    },
    dispose: () => forward.dispose(),
  };
}
