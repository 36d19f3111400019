/**
 * Blends with nested cross-validation over the runs' own folds: the rows of each fold are blended by what was fitted to
 * the rows of the others, so that no row's own truth takes part in its blend.
 */
import type { Columns } from '@foldwise/metrics';
import type { BlendMethod } from '../methods/blend-method.ts';
import { fitByTarget, type TargetBlender } from './by-target.ts';
import type { Problem } from '../problem/problem.ts';
import { takeRows } from '../members/take-rows.ts';

export interface CrossFit {
  /** Each row blended by what the other folds' rows gave: [columns][rows]. */
  nested: Float64Array[];
  /** Each row blended by what all rows gave, itself among them: [columns][rows]. */
  optimistic: Float64Array[];
  /** Fitted to all rows, for rows that are not among them. */
  blender: TargetBlender;
}

/**
 * @param problem its members' predictions are out-of-fold
 * @param folds the fold of each row: [rows]
 * @param shared whether all targets share their weights
 */
export async function crossFit(
  method: BlendMethod,
  problem: Problem,
  folds: Int32Array,
  shared = false,
): Promise<CrossFit> {
  const blender = await fitByTarget(method, problem, shared);
  const optimistic = blender.blend(problem.members);
  if (method.isFixed) return { nested: optimistic, optimistic, blender };
  const numbers = [...new Set(folds)].sort((a, b) => a - b);
  if (numbers.length < 2)
    throw new Error(
      `${method.name} is fitted in nested cross-validation, which needs two folds or more, got ${numbers.length}; the mean needs none`,
    );
  const nested = problem.members[0]!.map((column) => new Float64Array(column.length));
  for (const fold of numbers) {
    const held = rowsWhere(folds, (other) => other === fold);
    const others = rowsWhere(folds, (other) => other !== fold);
    const fitted = await fitByTarget(
      method,
      { ...problem, truth: takeRows(problem.truth, others), members: takeAll(problem.members, others) },
      shared,
    );
    fitted.blend(takeAll(problem.members, held)).forEach((column, c) => {
      held.forEach((row, i) => (nested[c]![row] = column[i]!));
    });
  }
  return { nested, optimistic, blender };
}

const rowsWhere = (folds: Int32Array, is: (fold: number) => boolean): Uint32Array =>
  Uint32Array.from([...folds.keys()].filter((row) => is(folds[row]!)));

const takeAll = (members: readonly Columns[], rows: Uint32Array): Float64Array[][] =>
  members.map((columns) => takeRows(columns, rows));
