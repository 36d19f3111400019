/**
 * Least squares with coefficients of 0 or more, by the active set method of Lawson & Hanson (Solving Least Squares
 * Problems, 1974, chapter 23), exact up to rounding. From inner products, as Bro & de Jong (1997) do.
 */
import { choleskySolve } from './cholesky-solve.ts';

/** Of the matrix's mean diagonal, added to it, so that members that are alike do not make it singular. */
const JITTER = 1e-13;

/**
 * Minimizes ½ xᵀAx − bᵀx over x ≥ 0.
 *
 * @param gram A, positive semidefinite: [n][n]
 * @param cross b: [n]
 */
export function nnls(gram: readonly Float64Array[], cross: Float64Array): Float64Array {
  const n = cross.length;
  const jitter = (JITTER * gram.reduce((sum, row, i) => sum + row[i]!, 0)) / n;
  const matrix = gram.map((row, i) => row.map((value, j) => (i === j ? value + jitter : value)));
  const tolerance = 1e-11 * cross.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const x = new Float64Array(n);
  const free = new Set<number>();

  for (let step = 0; step < 10 * n; step++) {
    let best = -1;
    let steepest = tolerance;
    for (let i = 0; i < n; i++) {
      if (free.has(i)) continue;
      const slope = cross[i]! - matrix[i]!.reduce((sum, value, j) => sum + value * x[j]!, 0);
      if (slope > steepest) [best, steepest] = [i, slope];
    }
    if (best < 0) break;
    free.add(best);
    while (free.size > 0) {
      const goal = solveFree(matrix, cross, free);
      let share = 1;
      for (const [i, value] of goal) if (value <= 0) share = Math.min(share, x[i]! / (x[i]! - value));
      // A variable that has just been freed, and is pushed back by rounding, moves nothing.
      for (const [i, value] of goal) {
        x[i] = share === 1 ? value : x[i]! + share * (value - x[i]!);
        if (share < 1 && value <= 0 && x[i] <= 1e-15 * Math.abs(value)) {
          x[i] = 0;
          free.delete(i);
        }
      }
      if (share === 1) break;
    }
  }
  return x;
}

/** @returns the unconstrained solution in the free variables, by their index */
function solveFree(
  matrix: readonly Float64Array[],
  cross: Float64Array,
  free: ReadonlySet<number>,
): Map<number, number> {
  const indices = [...free];
  const part = indices.map((i) => Float64Array.from(indices, (j) => matrix[i]![j]!));
  const solution = choleskySolve(
    part,
    Float64Array.from(indices, (i) => cross[i]!),
  );
  return new Map(indices.map((i, k) => [i, solution[k]!]));
}
