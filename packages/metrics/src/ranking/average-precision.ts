/**
 * Average precision: the precision at each score that there is, weighted by the recall that it adds, without
 * interpolation; `sklearn.metrics.average_precision_score`. 0 for a label that no row has; for classes, each against the
 * rest, NaN where one is not there.
 */
import { checkColumns } from '../columns/checks.ts';
import { averagedOverLabels } from './label-averages.ts';
import type { Metric } from '../metric.ts';
import { oneHot } from '../columns/one-hot.ts';
import { rankedLabels } from './ranked-labels.ts';
import { Total } from '../columns/sums.ts';

function ofLabel(truth: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  const [ones, rows, area] = [new Total(), new Total(), new Total()];
  // Negated, for the greatest scores come first here.
  const descending = scores.map((score) => -score);
  rankedLabels(truth, descending, weights, (newOnes, newZeros) => {
    ones.add(newOnes);
    rows.add(newOnes + newZeros);
    if (newOnes > 0) area.add((newOnes * ones.value) / rows.value);
  });
  return ones.value === 0 ? 0 : area.value / ones.value;
}

const [overLabels, ...others] = averagedOverLabels(
  'average-precision',
  ['binary', 'multi-class', 'multi-label', 'ordinal'],
  ofLabel,
) as [Metric, ...Metric[]];

const macro: Metric = {
  ...overLabels,
  score(truth, predictions, weights) {
    if (truth.length !== 1 || predictions.length < 2) return overLabels.score(truth, predictions, weights);
    checkColumns(truth, predictions, weights);
    const labels = oneHot(truth[0]!, predictions.length);
    return labels.every((label) => label.includes(1)) ? overLabels.score(labels, predictions, weights) : NaN;
  },
};

export const averagePrecision: Metric[] = [macro, ...others];
