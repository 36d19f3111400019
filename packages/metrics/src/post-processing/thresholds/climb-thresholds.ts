/**
 * Thresholds for a metric of which nothing is known, by moving one label's at a time while the score rises (coordinate ascent from
 * halves). Of the cuts between scores only those are tried that have a row labelled 1 right above and one labelled 0
 * right below, 24 of them at most: any other can be moved to one of these, and no metric of classes is worse for it.
 */
import { toClasses } from '../../columns/as-taken.ts';
import { blocksByScore, cutBetween } from '../cuts/blocks.ts';
import { isBetter } from '../is-better.ts';
import type { TuningRows } from '../post-processing.ts';

const CANDIDATES = 24;
const ROUNDS = 10;

/** @returns a threshold for each label, nowhere worse than halves */
export function climbThresholds({ metric, truth, predictions, weights }: TuningRows): number[] {
  const thresholds = predictions.map(() => 0.5);
  const classes = toClasses('multi-label', predictions);
  const candidates = predictions.map((column, c) => candidatesOf(truth[c]!, column));
  let best = metric.score(truth, classes, weights);
  for (let round = 0, rising = true; rising && round < ROUNDS; round++) {
    rising = false;
    predictions.forEach((column, c) => {
      for (const candidate of candidates[c]!) {
        const before = classes[c]!;
        classes[c] = column.map((p) => Number(p > candidate));
        const score = metric.score(truth, classes, weights);
        if (isBetter(metric, score, best)) {
          best = score;
          thresholds[c] = candidate;
          rising = true;
        } else classes[c] = before;
      }
    });
  }
  return thresholds;
}

function candidatesOf(truth: Float64Array, probabilities: Float64Array): number[] {
  const { scores, blockOf } = blocksByScore(probabilities);
  const holds = [new Uint8Array(scores.length), new Uint8Array(scores.length)];
  truth.forEach((label, row) => (holds[label]![blockOf[row]!] = 1));
  const cuts = [
    ...Array.from(scores.keys()).filter((block) => holds[1]![block] && holds[0]![block - 1] !== 0),
    scores.length,
  ];
  const count = Math.min(cuts.length, CANDIDATES);
  const spread = (i: number): number => Math.round((i * (cuts.length - 1)) / Math.max(1, count - 1));
  return Array.from({ length: count }, (_, i) => cutBetween(scores, cuts[spread(i)]!));
}
