/**
 * Root mean squared logarithmic error, of log(1 + value), averaged over the targets;
 * `sklearn.metrics.root_mean_squared_log_error`. NaN where a prediction is -1 or less.
 */
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';
import { rmse } from './rmse.ts';

export const rmsle: Metric = {
  name: 'rmsle',
  direction: 'lower',
  tasks: ['regression'],
  takes: 'numbers',
  takesWeights: true,
  score: meanOverColumns((truth, predicted, weights) => {
    const row = truth.findIndex((value) => value <= -1);
    if (row >= 0) throw new Error(`row ${row} of the truth is ${truth[row]}; expected a number above -1`);
    if (predicted.some((value) => value <= -1)) return NaN;
    return rmse.score([truth.map(Math.log1p)], [predicted.map(Math.log1p)], weights);
  }),
};
