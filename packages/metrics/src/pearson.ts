/**
 * Pearson's correlation, averaged over the targets; `scipy.stats.pearsonr`. NaN where the truth or the predictions of a
 * target are constant.
 */
import { mean } from './mean.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';
import { sum } from './sum.ts';

export const pearson: Metric = {
  name: 'pearson',
  direction: 'higher',
  tasks: ['regression'],
  takes: 'numbers',
  score: meanOverColumns((truth, predicted) => {
    if (isConstant(truth) || isConstant(predicted)) return NaN;
    const x = direction(truth);
    const y = direction(predicted);
    // Rounding may leave the product of two unit vectors just beyond one.
    return Math.min(1, Math.max(-1, sum(x.map((value, row) => value * y[row]!))));
  }),
};

const isConstant = (values: Float64Array): boolean => values.every((value) => value === values[0]);

/** The centred values as a unit vector. They are scaled first, or the squares of tiny ones would vanish. */
function direction(values: Float64Array): Float64Array {
  const center = mean(values);
  const centred = values.map((value) => value - center);
  const largest = centred.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const scaled = centred.map((value) => value / largest);
  const norm = Math.sqrt(sum(scaled.map((value) => value ** 2)));
  return scaled.map((value) => value / norm);
}
