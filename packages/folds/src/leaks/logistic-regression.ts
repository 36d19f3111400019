/**
 * Logistic regression with a penalty on the squares of the weights, not on the intercept: the sum of the rows' losses
 * and half the squared weights is the least, as with scikit-learn's LogisticRegression at C = 1. Found by L-BFGS (Nocedal
 * & Wright, "Numerical Optimization", algorithms 7.4 and 3.1).
 */
import type { SparseRows } from './tf-idf.ts';

const MEMORY = 10;
const MOST_STEPS = 200;

/**
 * @param of the rows to learn from
 * @param isOne 0 or 1: [rows]
 * @returns a weight for each column, and the intercept last: [columns + 1]
 */
export function logisticRegression(
  rows: SparseRows,
  isOne: Uint8Array,
  { of, columns }: { of: Int32Array; columns: number },
): Float64Array {
  const evaluate = (weights: Float64Array): { loss: number; gradient: Float64Array } => {
    const gradient = weights.slice();
    gradient[columns] = 0;
    let loss = 0;
    for (let c = 0; c < columns; c++) loss += 0.5 * weights[c]! ** 2;
    for (const row of of) {
      const score = linearScore(rows, row, weights);
      const signed = isOne[row] ? score : -score;
      loss += signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed;
      const error = 1 / (1 + Math.exp(-score)) - isOne[row]!;
      for (let i = rows.starts[row]!; i < rows.starts[row + 1]!; i++)
        gradient[rows.columns[i]!]! += error * rows.values[i]!;
      gradient[columns] += error;
    }
    return { loss, gradient };
  };

  let weights = new Float64Array(columns + 1);
  let now = evaluate(weights);
  const steps: { step: Float64Array; change: Float64Array; scale: number }[] = [];
  for (let s = 0; s < MOST_STEPS && largest(now.gradient) > 1e-4; s++) {
    const direction = descent(now.gradient, steps);
    const slope = dot(direction, now.gradient);
    // At first nothing is known of the curvature.
    let size = s === 0 ? 1 / Math.sqrt(dot(now.gradient, now.gradient)) : 1;
    let next = weights;
    let then = now;
    for (let tries = 0; tries < 40; tries++, size /= 2) {
      next = weights.map((weight, c) => weight + size * direction[c]!);
      then = evaluate(next);
      if (then.loss <= now.loss + 1e-4 * size * slope) break;
    }
    const step = next.map((weight, c) => weight - weights[c]!);
    const change = then.gradient.map((value, c) => value - now.gradient[c]!);
    const product = dot(step, change);
    if (product > 1e-12) steps.push({ step, change, scale: 1 / product });
    if (steps.length > MEMORY) steps.shift();
    if (then.loss >= now.loss) break;
    [weights, now] = [next, then];
  }
  return weights;
}

/** The log-odds of a row, by its weights and the intercept behind them. */
export function linearScore(rows: SparseRows, row: number, weights: Float64Array): number {
  let score = weights[weights.length - 1]!;
  for (let i = rows.starts[row]!; i < rows.starts[row + 1]!; i++)
    score += weights[rows.columns[i]!]! * rows.values[i]!;
  return score;
}

/** The two-loop recursion. */
function descent(
  gradient: Float64Array,
  steps: readonly { step: Float64Array; change: Float64Array; scale: number }[],
): Float64Array {
  const direction = gradient.map((value) => -value);
  const along = (vector: Float64Array, factor: number): void => {
    for (let c = 0; c < direction.length; c++) direction[c]! += factor * vector[c]!;
  };
  const shares = steps.toReversed().map(({ step, change, scale }) => {
    const share = scale * dot(step, direction);
    along(change, -share);
    return share;
  });
  const last = steps.at(-1);
  if (last) {
    const factor = 1 / (last.scale * dot(last.change, last.change));
    for (let c = 0; c < direction.length; c++) direction[c]! *= factor;
  }
  shares.reverse().forEach((share, i) => {
    const { step, change, scale } = steps[i]!;
    along(step, share - scale * dot(change, direction));
  });
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
