/**
 * Brier score (Brier 1950): the mean squared difference between the probability of 1 and the label; for classes the sum
 * of the squares over all of them, halved where there are two; for several labels the mean of theirs.
 * `sklearn.metrics.brier_score_loss`.
 */
import { checkColumns, checkLabels, checkProbabilities } from '../columns/checks.ts';
import { mse } from '../regression/errors.ts';
import type { Metric } from '../metric.ts';
import { oneHot } from '../columns/one-hot.ts';

export const brier: Metric = {
  name: 'brier',
  direction: 'lower',
  tasks: ['binary', 'multi-class', 'multi-label', 'ordinal'],
  takes: 'probabilities',
  takesWeights: true,
  score(truth, predictions, weights) {
    checkColumns(truth, predictions, weights);
    checkProbabilities(truth, predictions);
    const classes = predictions.length;
    if (truth.length > 1 || classes === 1) {
      truth.forEach((column) => checkLabels(column));
      return mse.score(truth, predictions, weights);
    }
    // The mean over two classes is half their sum.
    return mse.score(oneHot(truth[0]!, classes), predictions, weights) * (classes === 2 ? 1 : classes);
  },
};
