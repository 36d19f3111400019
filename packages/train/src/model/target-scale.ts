/** Numbers of any scale as a model trains on them: with mean 0 and standard deviation 1, and back in their own units. */
import { tf } from '@foldwise/tensorflow';

/** All of it by column, in float64. */
export interface TargetScale {
  /** (y - mean) / standard deviation. */
  standardize: (targets: readonly Float64Array[]) => Float64Array[];
  /** p * standard deviation + mean: predictions in the targets' own units. */
  restore: (predictions: readonly Float64Array[]) => Float64Array[];
  /**
   * Puts the way back into the weights of the model's linear output, so that the model itself predicts in the targets'
   * own units, to the rounding of float32.
   */
  intoOutput: (model: tf.LayersModel) => Promise<void>;
}

/**
 * The scale of these rows; the standard deviation is the population's, and 1 for a column that is constant.
 *
 * @param targets of a regression: [columns][rows]
 * @param rows those that are trained on
 */
export function targetScale(targets: readonly Float64Array[], rows: Int32Array): TargetScale {
  const meanOf = (value: (row: number) => number): number =>
    rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  const means = targets.map((column) => meanOf((row) => column[row]!));
  const deviations = targets.map((column, c) => {
    const isConstant = rows.every((row) => column[row] === column[rows[0]!]);
    return isConstant ? 1 : Math.sqrt(meanOf((row) => (column[row]! - means[c]!) ** 2)) || 1;
  });
  const restore = (p: number, c: number): number => p * deviations[c]! + means[c]!;
  return {
    standardize: (all) => all.map((column, c) => column.map((y) => (y - means[c]!) / deviations[c]!)),
    restore: (all) => all.map((column, c) => column.map((p) => restore(p, c))),
    intoOutput: async (model) => {
      const [kernel, bias] = model.getLayer('output').weights as [tf.LayerVariable, tf.LayerVariable];
      const [ofKernel, ofBias] = await Promise.all([kernel, bias].map((weight) => weight.read().data()));
      const columns = deviations.length;
      // Row-major: [features, columns].
      const scaled = Float32Array.from(ofKernel!, (weight, i) => weight * deviations[i % columns]!);
      tf.tidy(() => {
        kernel.write(tf.tensor(scaled, kernel.shape as number[]));
        bias.write(tf.tensor1d(Float32Array.from(ofBias!, restore)));
      });
    },
  };
}
