/** Predictions of a model for many texts, in length-sorted batches. */
import type { TaskOutput } from '@foldwise/heads';
import { compile, tf, withPrecision, type Precision } from '@foldwise/tensorflow';
import { makeBatches } from '@foldwise/tokens';
import { textBatch } from './text-batch.ts';

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
      output.predict(withPrecision(precision, () => model.apply([ids, mask]) as tf.Tensor2D)),
    { name: 'prediction', maxVariants: 128 },
  );
  return {
    predict: async ({ tokens, padId, batchSize, buckets, onBatch }) => {
      const columns = Array.from({ length: output.outputs }, () => new Float64Array(tokens.length));
      const batches = makeBatches({ lengths: tokens.map(({ length }) => length), batchSize, buckets });
      for (const [i, { rows, length }] of batches.entries()) {
        onBatch?.(i, batches.length);
        const batch = textBatch(rows, { size: batchSize, length, tokens, padId, targets: [] });
        const ids = tf.tensor2d(batch.ids, [batchSize, length], 'int32');
        const mask = tf.tensor2d(batch.mask, [batchSize, length], 'int32');
        const values = await forward
          .async(ids, mask)
          .then((result) => result.data().finally(() => result.dispose()))
          .finally(() => tf.dispose([ids, mask]));
        rows.forEach((row, at) =>
          columns.forEach((column, c) => (column[row] = values[at * output.outputs + c]!)),
        );
      }
      return columns;
    },
    dispose: () => forward.dispose(),
  };
}
