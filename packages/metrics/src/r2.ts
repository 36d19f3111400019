/**
 * The coefficient of determination, averaged over the targets; `sklearn.metrics.r2_score`. NaN for a single row; where
 * the truth is constant, 1 for perfect predictions and 0 for others.
 */
import { mean } from './mean.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';
import { sum } from './sum.ts';

export const r2: Metric = {
  name: 'r2',
  direction: 'higher',
  tasks: ['regression'],
  takes: 'numbers',
  score: meanOverColumns((truth, predicted) => {
    if (truth.length < 2) return NaN;
    const center = mean(truth);
    const residual = sum(truth.map((value, row) => (value - predicted[row]!) ** 2));
    const total = sum(truth.map((value) => (value - center) ** 2));
    if (total === 0) return residual === 0 ? 1 : 0;
    return 1 - residual / total;
  }),
};
