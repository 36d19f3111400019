/** Root mean squared error, averaged over the targets, or for ordinal tasks of the class's index; `sklearn.metrics.root_mean_squared_error`. */
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';
import { mse } from './mse.ts';

export const rmse: Metric = {
  name: 'rmse',
  direction: 'lower',
  tasks: ['regression', 'ordinal'],
  takes: 'numbers',
  takesWeights: true,
  score: meanOverColumns((truth, predicted, weights) => Math.sqrt(mse.score([truth], [predicted], weights))),
};
