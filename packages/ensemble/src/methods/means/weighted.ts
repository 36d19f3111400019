/** The mean weighted by how exact each member is: by the inverse of its mean squared error, whatever the metric. */
import type { BlendMethod } from '../blend-method.ts';
import { linearBlend } from '../linear-blend.ts';
import { trueColumns } from '../../problem/true-columns.ts';

export const weighted: BlendMethod = {
  name: 'weighted',
  description: 'the mean weighted by the inverse of the squared error',
  source: 'Bates & Granger 1969',
  fit(problem) {
    const truth = trueColumns(problem);
    const errors = problem.members.map((columns) =>
      columns.reduce(
        (sum, column, c) => column.reduce((sum, value, row) => sum + (value - truth[c]![row]!) ** 2, sum),
        0,
      ),
    );
    // A member without any error takes all.
    const least = errors.reduce((a, b) => Math.min(a, b));
    const shares = errors.map((error) => (least === 0 ? Number(error === 0) : least / error));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return linearBlend(
      problem.task,
      shares.map((share) => share / total),
    );
  },
};
