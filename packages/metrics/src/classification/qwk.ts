/**
 * Cohen's kappa with quadratic weights (Cohen 1968): 1 less the mean squared distance from the truth over that of the
 * same predictions in random order. `sklearn.metrics.cohen_kappa_score`, with `weights="quadratic"` and consecutive
 * labels. NaN where all truths and predictions are one class.
 */
import { checkColumns } from '../columns/checks.ts';
import type { Metric } from '../metric.ts';
import { mean } from '../columns/sums.ts';

export const qwk: Metric = {
  name: 'qwk',
  direction: 'higher',
  tasks: ['ordinal'],
  takes: 'numbers',
  takesWeights: true,
  score(truth, predictions, weights) {
    checkColumns(truth, predictions, weights);
    if (truth.length !== 1 || predictions.length !== 1)
      throw new Error(
        `expected predictions of ${truth.length} targets, got ${predictions.length}; qwk takes one of each`,
      );
    const [t, p] = [truth[0]!, predictions[0]!];
    const average = (term: (row: number) => number): number => mean(t.length, term, weights);
    const [meanT, meanP] = [average((row) => t[row]!), average((row) => p[row]!)];
    const observed = average((row) => (t[row]! - p[row]!) ** 2);
    // The mean over all pairs of a truth and a prediction.
    const expected =
      average((row) => (t[row]! - meanT) ** 2) +
      average((row) => (p[row]! - meanP) ** 2) +
      (meanT - meanP) ** 2;
    return expected === 0 ? NaN : 1 - observed / expected;
  },
};
