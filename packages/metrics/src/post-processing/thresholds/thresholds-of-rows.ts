/**
 * Thresholds for a metric that is a mean over rows, such as subset accuracy: one label's is moved at a time, while the
 * score rises. What a row scores with that label and without it does not depend on other rows, so the best place is
 * found from running sums.
 */
import { toClasses } from '../../columns/as-taken.ts';
import { blocksByScore, cutBetween } from '../cuts/blocks.ts';
import type { Columns, Metric } from '../../metric.ts';
import type { TuningRows } from '../post-processing.ts';

const ROUNDS = 20;
/** Of the sum of weights: less than a row's gain, more than rounding. */
const TOLERANCE = 1e-12;

/** @returns a threshold for each label, nowhere worse than halves */
export function thresholdsOfRows({ metric, truth, predictions, weights }: TuningRows): number[] {
  const thresholds = predictions.map(() => 0.5);
  const taken = toClasses('multi-label', predictions);
  const blocks = predictions.map(blocksByScore);
  const score = rowScore(metric, truth, taken);
  const weight = (row: number): number => weights?.[row] ?? 1;
  const sign = metric.direction === 'higher' ? 1 : -1;
  const least = TOLERANCE * truth[0]!.reduce((total, _, row) => total + weight(row), 0);

  for (let round = 0, rising = true; rising && round < ROUNDS; round++) {
    rising = false;
    predictions.forEach((column, c) => {
      const { scores, blockOf } = blocks[c]!;
      const gains = new Float64Array(scores.length);
      let now = 0;
      blockOf.forEach((block, row) => {
        const gain = sign * weight(row) * (score(row, c, 1) - score(row, c, 0));
        gains[block]! += gain;
        now += taken[c]![row]! * gain;
      });
      // From the threshold above all down: more and more rows have the label.
      let best = now + least;
      let sum = 0;
      for (let block = scores.length; block >= 0; block--) {
        if (block < scores.length) sum += gains[block]!;
        if (sum <= best) continue;
        best = sum;
        thresholds[c] = cutBetween(scores, block);
        rising = true;
      }
      taken[c] = column.map((p) => Number(p > thresholds[c]!));
    });
  }
  return thresholds;
}

/** What a row scores with one label changed; remembered, for many rows are alike. */
function rowScore(
  metric: Metric,
  truth: Columns,
  taken: Columns,
): (row: number, changed: number, label: number) => number {
  const known = new Map<string, number>();
  return (row, changed, label) => {
    const labels = taken.map((column, c) => (c === changed ? label : column[row]!));
    const key = truth.map((column, c) => 2 * column[row]! + labels[c]!).join('');
    let score = known.get(key);
    if (score === undefined) {
      const cells = (values: number[]): Float64Array[] => values.map((value) => Float64Array.of(value));
      score = metric.score(cells(truth.map((column) => column[row]!)), cells(labels));
      known.set(key, score);
    }
    return score;
  };
}
