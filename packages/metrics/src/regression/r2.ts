/**
 * The coefficient of determination, averaged over the targets; `sklearn.metrics.r2_score`. NaN for a single row; where
 * the truth is constant, 1 for perfect predictions and 0 for others.
 */
import { isConstant } from '../columns/is-constant.ts';
import { meanOverColumns } from '../columns/mean-over-columns.ts';
import type { Metric } from '../metric.ts';
import { mean } from '../columns/sums.ts';

export const r2: Metric = {
  name: 'r2',
  direction: 'higher',
  tasks: ['regression'],
  takes: 'numbers',
  takesWeights: true,
  score: meanOverColumns((truth, predicted, weights) => {
    const rows = truth.length;
    if (rows < 2) return NaN;
    const residual = mean(rows, (row) => (truth[row]! - predicted[row]!) ** 2, weights);
    if (isConstant(truth)) return residual === 0 ? 1 : 0;
    const center = mean(rows, (row) => truth[row]!, weights);
    return 1 - residual / mean(rows, (row) => (truth[row]! - center) ** 2, weights);
  }),
};
