/** Mean squared error, averaged over the targets, or for ordinal tasks of the class's index; `sklearn.metrics.mean_squared_error`. */
import { mean } from './mean.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';

export const mse: Metric = {
  name: 'mse',
  direction: 'lower',
  tasks: ['regression', 'ordinal'],
  takes: 'numbers',
  takesWeights: true,
  score: meanOverColumns((truth, predicted, weights) =>
    mean(truth.length, (row) => (truth[row]! - predicted[row]!) ** 2, weights),
  ),
};
