/**
 * Cross-entropy in nats; for several labels the mean of theirs. `sklearn.metrics.log_loss`, which keeps probabilities
 * at least 2⁻⁵² away from 0 and 1.
 */
import { checkColumns } from './check-columns.ts';
import { checkLabels } from './check-labels.ts';
import { mean } from './mean.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Columns, Metric } from './metric.ts';

/** How far the probabilities of a row may be from 1 in all: more than rounding to float32, less than a mistake. */
const TOLERANCE = 1e-3;

export const logLoss: Metric = {
  name: 'log-loss',
  direction: 'lower',
  tasks: ['binary', 'multi-class', 'multi-label', 'ordinal'],
  takes: 'probabilities',
  score(truth, predictions) {
    checkColumns(truth, predictions);
    predictions.forEach(checkProbabilities);
    return truth.length === 1 && predictions.length > 1
      ? ofClasses(truth[0]!, predictions)
      : ofLabels(truth, predictions);
  },
};

const ofLabels = meanOverColumns((truth, predicted) => {
  checkLabels(truth);
  return mean(truth.map((label, row) => cost(label === 1 ? predicted[row]! : 1 - predicted[row]!)));
});

function ofClasses(truth: Float64Array, predictions: Columns): number {
  const costs = truth.map((label, row) => {
    const probability = predictions[label]?.[row];
    if (probability === undefined)
      throw new Error(
        `row ${row} of the truth is ${label}; expected a class from 0 to ${predictions.length - 1}`,
      );
    const total = predictions.reduce((all, column) => all + column[row]!, 0);
    if (Math.abs(total - 1) > TOLERANCE)
      throw new Error(`the probabilities of row ${row} add up to ${total}; expected 1`);
    return cost(probability);
  });
  return mean(costs);
}

const cost = (probability: number): number =>
  -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));

function checkProbabilities(column: Float64Array, c: number): void {
  const row = column.findIndex((value) => value < 0 || value > 1);
  if (row >= 0)
    throw new Error(`row ${row}, column ${c} of the predictions is ${column[row]}; expected a probability`);
}
