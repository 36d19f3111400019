/**
 * One threshold for each label, in place of a half. The best of all where the metric is of each label by itself (binary
 * tasks, macro and weighted averages) or of the counts of all labels together (micro averages). For others one label's is
 * moved at a time, while the score rises: to the best of all for means of rows, else to the best of some.
 */
import { climbThresholds } from './climb-thresholds.ts';
import type { Metric } from '../../metric.ts';
import type { PostProcessing, TuningRows } from '../post-processing.ts';
import { tableScore } from '../table-score.ts';
import { type ThresholdSweep, thresholdSweep } from './threshold-sweep.ts';
import { thresholdsOfRows } from './thresholds-of-rows.ts';

export const threshold: PostProcessing = {
  name: 'threshold',
  description: 'the probability above which a label is 1, for each label',
  tasks: ['binary', 'multi-label'],
  settings: {},
  decides: true,
  suits: ({ takes }) => takes === 'classes',
  fit(rows) {
    return { thresholds: fitThresholds(rows) };
  },
  apply({ thresholds }, predictions) {
    return predictions.map((column, c) => column.map((p) => Number(p > (thresholds as number[])[c]!)));
  },
};

function fitThresholds(rows: TuningRows): number[] {
  const { task, metric, truth, predictions, weights } = rows;
  if (task === 'multi-label' && isMeanOfRows(metric)) return thresholdsOfRows(rows);
  const sweeps = truth.map((labels, c) => thresholdSweep(labels, predictions[c]!, weights));
  if (task === 'binary') return [sweeps[0]!(metric, tableScore(metric, [0, 1])).threshold];
  const ofLabel = tableScore(metric, [0, 1], 2);
  if (averages(metric, 'macro') || averages(metric, 'weighted'))
    return sweeps.map((sweep) => sweep(metric, ofLabel).threshold);
  if (averages(metric, 'micro')) return ofAllCounts(metric, sweeps, ofLabel);
  return climbThresholds(rows);
}

/** As `f1-macro` and `fbeta-macro:2` do. */
const averages = ({ name }: Metric, average: string): boolean => name.split(':')[0]!.endsWith(`-${average}`);

const isMeanOfRows = (metric: Metric): boolean => metric.name === 'accuracy' || averages(metric, 'samples');

/**
 * Sweeps the labels in turn until none changes. Where the metric is a ratio of sums over the labels, as F1, precision,
 * recall, Jaccard and accuracy are, no other thresholds are better then: each label's part is the best one for that
 * ratio, so their sum is (Dinkelbach 1967).
 */
function ofAllCounts(
  metric: Metric,
  sweeps: ThresholdSweep[],
  score: (counts: Float64Array) => number,
): number[] {
  const labels = sweeps.map((sweep) => sweep(metric, score));
  const others = new Float64Array(4);
  const total = new Float64Array(4);
  for (let left = 100, changed = true; changed && left > 0; left--) {
    changed = false;
    sweeps.forEach((sweep, c) => {
      others.fill(0);
      labels.forEach(({ counts }, other) => {
        if (other !== c) counts.forEach((count, i) => (others[i]! += count));
      });
      const best = sweep(metric, (counts) => {
        counts.forEach((count, i) => (total[i] = others[i]! + count));
        return score(total);
      });
      changed ||= best.threshold !== labels[c]!.threshold;
      labels[c] = best;
    });
  }
  return labels.map((label) => label.threshold);
}
