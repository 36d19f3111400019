/** Means of squared and absolute errors, and their roots. */
import { meanOverColumns } from '../columns/mean-over-columns.ts';
import type { Metric } from '../metric.ts';
import { mean } from '../columns/sums.ts';

/** Mean squared error, averaged over the targets, or for ordinal tasks of the class's index; `sklearn.metrics.mean_squared_error`. */
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

/** Root mean squared error, averaged over the targets, or for ordinal tasks of the class's index; `sklearn.metrics.root_mean_squared_error`. */
export const rmse: Metric = {
  name: 'rmse',
  direction: 'lower',
  tasks: ['regression', 'ordinal'],
  takes: 'numbers',
  takesWeights: true,
  score: meanOverColumns((truth, predicted, weights) => Math.sqrt(mse.score([truth], [predicted], weights))),
};

/** Mean column-wise RMSE, the name by which competitions with several targets ask for `rmse`. */
export const mcrmse: Metric = { ...rmse, name: 'mcrmse', tasks: ['regression'] };

/**
 * Root mean squared logarithmic error, of log(1 + value), averaged over the targets;
 * `sklearn.metrics.root_mean_squared_log_error`. NaN where a prediction is -1 or less.
 */
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

/** Mean absolute error, averaged over the targets, or for ordinal tasks of the class's index; `sklearn.metrics.mean_absolute_error`. */
export const mae: Metric = {
  name: 'mae',
  direction: 'lower',
  tasks: ['regression', 'ordinal'],
  takes: 'numbers',
  takesWeights: true,
  score: meanOverColumns((truth, predicted, weights) =>
    mean(truth.length, (row) => Math.abs(truth[row]! - predicted[row]!), weights),
  ),
};
