/** How alike the members' mistakes are: members that err alike gain little from being blended. */
import { dot } from '../numeric/dot.ts';
import { gram } from '../numeric/gram.ts';
import type { Problem } from '../problem/problem.ts';
import { trueColumns } from '../problem/true-columns.ts';

/**
 * @returns Pearson's correlation of the errors, all columns together, of each pair of members: [members][members];
 * NaN where a member's errors are all the same
 */
export function errorCorrelation(problem: Pick<Problem, 'task' | 'truth' | 'members'>): number[][] {
  const truth = trueColumns(problem);
  const errors = problem.members.map((columns) => {
    const values = Float64Array.from(
      columns.flatMap((column, c) => Array.from(column, (value, row) => value - truth[c]![row]!)),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const centred = values.map((value) => value - mean);
    const length = Math.sqrt(dot(centred, centred));
    return centred.map((value) => value / length);
  });
  return gram(errors).map((row) => Array.from(row, (value) => Math.max(-1, Math.min(1, value))));
}
