/**
 * What choosing between methods is worth: the rows of each fold are blended by the method whose nested score is best on
 * the other folds, so that the rows that are scored do not choose. The nested blends of those others did see the fold's
 * truth when they were fitted, which leaves a little optimism.
 */
import type { Columns } from '@foldwise/metrics';
import { lossOf } from '../problem/loss-of.ts';
import type { Problem } from '../problem/problem.ts';
import { takeRows } from '../members/take-rows.ts';

/**
 * @param blends nested ones of each method: [methods][columns][rows]
 * @param folds the fold of each row: [rows]
 * @returns [columns][rows]
 */
export function selectByFold(
  problem: Omit<Problem, 'members'>,
  blends: readonly Columns[],
  folds: Int32Array,
): Float64Array[] {
  const result = blends[0]!.map((column) => column.slice());
  const rows = [...folds.keys()];
  for (const fold of new Set(folds)) {
    const others = Uint32Array.from(rows.filter((row) => folds[row] !== fold));
    const loss = lossOf({ ...problem, truth: takeRows(problem.truth, others) });
    const losses = blends.map((blend) => loss(takeRows(blend, others)));
    const best = blends[losses.indexOf(losses.reduce((a, b) => Math.min(a, b)))]!;
    for (const row of rows)
      if (folds[row] === fold) result.forEach((column, c) => (column[row] = best[c]![row]!));
  }
  return result;
}
