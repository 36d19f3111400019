/** Mean absolute error, averaged over the targets; `sklearn.metrics.mean_absolute_error`. */
import { mean } from './mean.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';

export const mae: Metric = {
  name: 'mae',
  direction: 'lower',
  tasks: ['regression'],
  takes: 'numbers',
  score: meanOverColumns((truth, predicted) =>
    mean(truth.map((value, row) => Math.abs(value - predicted[row]!))),
  ),
};
