/**
 * Matthews's correlation coefficient of classes (Gorodkin 2004); `sklearn.metrics.matthews_corrcoef`. 0 where all truths
 * or all predictions are one class.
 */
import { checkColumns, onlyClasses } from '../columns/checks.ts';
import { classCounts } from './class-counts.ts';
import type { Metric } from '../metric.ts';
import { sum } from '../columns/sums.ts';

export const mcc: Metric = {
  name: 'mcc',
  direction: 'higher',
  tasks: ['binary', 'multi-class', 'ordinal'],
  takes: 'classes',
  takesWeights: true,
  score(truth, predictions, weights) {
    checkColumns(truth, predictions, weights);
    const counts = classCounts(...onlyClasses(truth, predictions), weights);
    const total = (term: (c: (typeof counts)[number]) => number): number =>
      sum(counts.length, (c) => term(counts[c]!));
    const all = total((c) => c.actual);
    const covariance = total((c) => c.right) * all - total((c) => c.actual * c.predicted);
    const ofTruth = all ** 2 - total((c) => c.actual ** 2);
    const ofPredictions = all ** 2 - total((c) => c.predicted ** 2);
    return ofTruth * ofPredictions === 0 ? 0 : covariance / Math.sqrt(ofTruth * ofPredictions);
  },
};
