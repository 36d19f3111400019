/** Mean squared error, averaged over the targets; `sklearn.metrics.mean_squared_error`. */
import { mean } from './mean.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';

export const mse: Metric = {
  name: 'mse',
  direction: 'lower',
  tasks: ['regression'],
  takes: 'numbers',
  score: meanOverColumns((truth, predicted) =>
    mean(truth.map((value, row) => (value - predicted[row]!) ** 2)),
  ),
};
