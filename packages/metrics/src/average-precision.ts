/**
 * Average precision: the precision at each score that there is, weighted by the recall that it adds, without
 * interpolation; `sklearn.metrics.average_precision_score`. 0 for a label that no row has; for classes, each against the
 * rest, NaN where one is not there.
 */
import { checkColumns } from './check-columns.ts';
import { averagedOverLabels } from './label-averages.ts';
import type { Metric } from './metric.ts';
import { oneHot } from './one-hot.ts';
import { rankedLabels } from './ranked-labels.ts';
import { sum } from './sum.ts';

function ofLabel(truth: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  const groups: number[] = [];
  let [allOnes, all] = [0, 0];
  // From the least score up: what is left are the rows at or above the next one.
  rankedLabels(truth, scores, weights, (ones, zeros) => {
    groups.push(ones, zeros);
    allOnes += ones;
    all += ones + zeros;
  });
  let [ones, rows] = [0, 0];
  const area = sum(groups.length / 2, (i) => {
    const added = groups[groups.length - 2 * i - 2]!;
    ones += added;
    rows += added + groups[groups.length - 2 * i - 1]!;
    return rows === 0 ? 0 : (added * ones) / rows;
  });
  return allOnes === 0 || all === 0 ? 0 : area / allOnes;
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
