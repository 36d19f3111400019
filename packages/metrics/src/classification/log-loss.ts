/**
 * Cross-entropy in nats; for several labels the mean of theirs. `sklearn.metrics.log_loss`, which keeps probabilities
 * at least 2⁻⁵² away from 0 and 1.
 */
import { checkColumns, checkLabels, checkProbabilities } from '../columns/checks.ts';
import { meanOverColumns } from '../columns/mean-over-columns.ts';
import type { Metric } from '../metric.ts';
import { mean } from '../columns/sums.ts';

export const logLoss: Metric = {
  name: 'log-loss',
  direction: 'lower',
  tasks: ['binary', 'multi-class', 'multi-label', 'ordinal'],
  takes: 'probabilities',
  takesWeights: true,
  score(truth, predictions, weights) {
    checkColumns(truth, predictions, weights);
    checkProbabilities(truth, predictions);
    const [classes] = truth;
    return truth.length === 1 && predictions.length > 1
      ? mean(classes!.length, (row) => cost(predictions[classes![row]!]![row]!), weights)
      : ofLabels(truth, predictions, weights);
  },
};

const ofLabels = meanOverColumns((truth, predicted, weights) => {
  checkLabels(truth);
  return mean(truth.length, (row) => cost(truth[row] === 1 ? predicted[row]! : 1 - predicted[row]!), weights);
});

const cost = (probability: number): number =>
  -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
