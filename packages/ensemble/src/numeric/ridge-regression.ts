/** Ridge regression with intercepts, the penalty chosen by the leave-one-out error (Golub, Heath & Wahba 1979). */
import { dot } from './dot.ts';
import { gram } from './gram.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

const standard = [1e-3, 1e-2, 1e-1, 1, 10, 1e2, 1e3, 1e4, 1e5];

export interface Ridge {
  /** [features] */
  coefficients: Float64Array;
  /** [columns] */
  intercepts: number[];
  /** The penalty that was chosen. */
  alpha: number;
}

/**
 * @param features [features][columns][rows]
 * @param targets [columns][rows]; all columns share the coefficients
 * @param alphas penalties to choose from: of the squared coefficients, beside the sum of the squared errors
 */
export function ridgeRegression(
  features: readonly (readonly Float64Array[])[],
  targets: readonly Float64Array[],
  alphas: readonly number[] = standard,
): Ridge {
  const rows = targets[0]!.length;
  const means = features.map((columns) => columns.map(meanOf));
  const targetMeans = targets.map(meanOf);
  // One long column a feature: the columns below each other, each without its mean.
  const x = features.map((columns, f) => centred(columns, means[f]!));
  const y = centred(targets, targetMeans);
  const { values, vectors } = symmetricEigen(gram(x));
  const rotated = values.map((_, k) =>
    dot(
      Float64Array.from(x, (column) => dot(column, y)),
      column(vectors, k),
    ),
  );

  const scores = vectors.map((_, k) => combine(x, column(vectors, k)));
  const errors = alphas.map((alpha) => {
    const fitted = new Float64Array(y.length);
    const leverage = new Float64Array(y.length).fill(1 / rows);
    scores.forEach((score, k) => {
      const [factor, own] = [rotated[k]! / (values[k]! + alpha), 1 / (values[k]! + alpha)];
      for (let i = 0; i < y.length; i++) {
        fitted[i]! += factor * score[i]!;
        leverage[i]! += own * score[i]! ** 2;
      }
    });
    return y.reduce((sum, value, i) => sum + ((value - fitted[i]!) / (1 - leverage[i]!)) ** 2, 0);
  });
  // With one row there is nothing to leave out: the errors are NaN.
  const alpha = alphas[Math.max(0, errors.indexOf(errors.reduce((a, b) => Math.min(a, b))))]!;
  const coefficients = Float64Array.from(features, (_, f) =>
    values.reduce((sum, value, k) => sum + (vectors[f]![k]! * rotated[k]!) / (value + alpha), 0),
  );
  const intercepts = targetMeans.map((mean, c) =>
    coefficients.reduce((rest, coefficient, f) => rest - coefficient * means[f]![c]!, mean),
  );
  return { coefficients, intercepts, alpha };
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const column = (matrix: readonly Float64Array[], k: number): Float64Array =>
  Float64Array.from(matrix, (row) => row[k]!);

function centred(columns: readonly Float64Array[], means: readonly number[]): Float64Array {
  const rows = columns[0]!.length;
  const result = new Float64Array(columns.length * rows);
  columns.forEach((values, c) => {
    for (let row = 0; row < rows; row++) result[c * rows + row] = values[row]! - means[c]!;
  });
  return result;
}

function combine(vectors: readonly Float64Array[], factors: Float64Array): Float64Array {
  const result = new Float64Array(vectors[0]!.length);
  vectors.forEach((vector, f) => {
    for (let i = 0; i < result.length; i++) result[i]! += factors[f]! * vector[i]!;
  });
  return result;
}
