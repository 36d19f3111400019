/**
 * Pearson's correlation, averaged over the targets; `scipy.stats.pearsonr`. NaN where the truth or the predictions of a
 * target are constant.
 */
import { isConstant } from './is-constant.ts';
import { mean } from './mean.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';
import { sum } from './sum.ts';
import { withoutWeights } from './without-weights.ts';

export const pearson: Metric = {
  name: 'pearson',
  direction: 'higher',
  tasks: ['regression'],
  takes: 'numbers',
  ...withoutWeights(
    'pearson',
    meanOverColumns((truth, predicted) => {
      if (isConstant(truth) || isConstant(predicted)) return NaN;
      const rows = truth.length;
      const [x, y] = [centred(truth), centred(predicted)];
      const norms = Math.sqrt(sum(rows, (row) => x[row]! ** 2)) * Math.sqrt(sum(rows, (row) => y[row]! ** 2));
      // Rounding may leave it just beyond one.
      return Math.min(1, Math.max(-1, sum(rows, (row) => x[row]! * y[row]!) / norms));
    }),
  ),
};

/** The values less their mean, scaled so that the largest is 1 or -1, or the squares of tiny ones would vanish. */
function centred(values: Float64Array): Float64Array {
  const center = mean(values.length, (row) => values[row]!);
  const result = values.map((value) => value - center);
  const largest = result.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return result.map((value) => value / largest);
}
