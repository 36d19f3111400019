/**
 * Leaves out members that know nothing before a stacker sees them. Out-of-fold predictions that know nothing go against
 * the truth: a fold with high values was predicted from folds with low ones. A stacker would learn to turn them around,
 * on the rows of other folds too, and nested cross-validation would show a gain that no test row has. Members whose
 * predictions go with the truth keep whatever weight the stacker gives them, below 0 as well.
 */
import type { BlendMethod, Blender } from '../blend-method.ts';
import type { Problem } from '../../problem/problem.ts';
import { trueColumns } from '../../problem/true-columns.ts';
import { validPredictions } from '../../problem/valid-predictions.ts';

/** @returns the same way to fit, of members whose covariance with the truth is above 0; of none, the mean of the truth */
export function amongInformed(fit: BlendMethod['fit']): BlendMethod['fit'] {
  return async (problem) => {
    const truth = trueColumns(problem);
    const informed = problem.members.flatMap((columns, m) =>
      columns.reduce((sum, column, c) => sum + covariance(column, truth[c]!), 0) > 0 ? [m] : [],
    );
    if (informed.length === 0) return meanOf(problem);
    if (informed.length === problem.members.length) return fit(problem);
    const pick = <T>(members: readonly T[]): T[] => informed.map((m) => members[m]!);
    const { blend, weights, ...rest } = await fit({ ...problem, members: pick(problem.members) });
    return {
      ...rest,
      blend: (members) => blend(pick(members)),
      ...(weights && {
        weights: problem.members.map((_, m) => (informed.includes(m) ? weights[informed.indexOf(m)]! : 0)),
      }),
    };
  };
}

function meanOf(problem: Problem): Blender {
  const means = trueColumns(problem).map(mean);
  return {
    weights: problem.members.map(() => 0),
    blend: (members) =>
      validPredictions(
        problem.task,
        means.map((value) => new Float64Array(members[0]![0]!.length).fill(value)),
      ),
  };
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function covariance(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, row) => sum + (value - meanA) * (b[row]! - meanB), 0);
}
