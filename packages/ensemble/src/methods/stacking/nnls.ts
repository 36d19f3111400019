/** The sum with the least squared error: weights of 0 or more, of any sum. */
import type { BlendMethod } from '../blend-method.ts';
import { dot } from '../../numeric/dot.ts';
import { gram } from '../../numeric/gram.ts';
import { linearBlend } from '../linear-blend.ts';
import { nnls as solve } from '../../numeric/nnls.ts';
import { trueColumns } from '../../problem/true-columns.ts';

export const nnls: BlendMethod = {
  name: 'nnls',
  description: 'least squares with weights of 0 or more',
  source: 'Lawson & Hanson 1974; Breiman 1996',
  fit(problem) {
    const { task, members } = problem;
    const truth = trueColumns(problem);
    const products = truth
      .map((_, c) => gram(members.map((columns) => columns[c]!)))
      .reduce((sum, more) => sum.map((row, i) => row.map((value, j) => value + more[i]![j]!)));
    const cross = Float64Array.from(members, (columns) =>
      truth.reduce((sum, column, c) => sum + dot(column, columns[c]!), 0),
    );
    return linearBlend(task, [...solve(products, cross)]);
  },
};
