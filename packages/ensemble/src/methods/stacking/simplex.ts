/**
 * The weighted mean with the least squared error: weights of 0 or more that add up to 1, exact by an active set. Where the
 * products of the members' errors are E, the weights are those of `nnls` with E and ones, divided by their sum.
 */
import type { BlendMethod } from '../blend-method.ts';
import { gram } from '../../numeric/gram.ts';
import { equalWeights, linearBlend } from '../linear-blend.ts';
import { nnls } from '../../numeric/nnls.ts';
import { trueColumns } from '../../problem/true-columns.ts';

export const simplex: BlendMethod = {
  name: 'simplex',
  description: 'least squares with weights of 0 or more that add up to 1',
  source: 'Breiman 1996; van der Laan, Polley & Hubbard 2007',
  fit(problem) {
    const { task, members } = problem;
    const truth = trueColumns(problem);
    const products = truth
      .map((column, c) =>
        gram(
          members.map((columns) => columns[c]!),
          column,
        ),
      )
      .reduce((sum, more) => sum.map((row, i) => row.map((value, j) => value + more[i]![j]!)));
    const raw = nnls(products, new Float64Array(members.length).fill(1));
    const total = raw.reduce((sum, value) => sum + value, 0);
    return linearBlend(
      task,
      total > 0 ? Array.from(raw, (value) => value / total) : equalWeights(members.length),
    );
  },
};
