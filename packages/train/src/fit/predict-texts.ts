/** Predictions of a model for many texts, in length-sorted batches. */
import type { TaskOutput } from '@foldwise/heads';
import { compile, withPrecision, type Precision, type tf } from '@foldwise/tensorflow';
import { makeBatches } from '@foldwise/tokens';
import { forwardBatches } from './forward-batches.ts';

export interface PredictTextsOptions {
  /** Each text's token ids. */
  tokens: readonly Int32Array[];
  padId: number;
  batchSize: number;
  buckets: readonly number[];
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
    (ids: tf.Tensor, mask: tf.Tensor) =>
      output.predict(withPrecision(precision, () => model.apply([ids, mask]) as tf.Tensor2D)) as tf.Tensor,
    { name: 'prediction', maxVariants: 128 },
  );
  return {
    predict: async ({ tokens, padId, batchSize, buckets, onBatch }) => {
      const columns = Array.from({ length: output.predictions }, () => new Float64Array(tokens.length));
      const lengths = tokens.map(({ length }) => length);
      const batches = makeBatches({ lengths, batchSize, buckets }).map((batch) => ({
        ...batch,
        size: batchSize,
      }));
      const take = (row: number, values: Float32Array) =>
        columns.forEach((column, c) => (column[row] = values[c]!));
      await forwardBatches(forward, { batches, tokens, padId, onBatch, take });
      return columns;
    },
    dispose: () => forward.dispose(),
  };
}
