/**
 * The best of all thresholds of one label, without trying them all: no metric of classes is worse for more rows that are
 * right, so a range of thresholds is no better than the rows labelled 1 that its lowest finds together with the rows
 * labelled 0 that its highest spares. Ranges that cannot beat the best so far are left out, the others are halved
 * (branch and bound). After sorting it takes about √rows evaluations.
 */
import { blocksByScore, cutBetween } from '../cuts/blocks.ts';
import { isBetter } from '../is-better.ts';
import type { Metric } from '../../metric.ts';

const HALF = 0.5;

export interface Swept {
  /** What is above it is taken for 1. */
  threshold: number;
  /** Rows by truth and class: [0 taken for 0, 0 for 1, 1 for 0, 1 for 1]. */
  counts: Float64Array;
  score: number;
}

/** Finds the threshold whose counts score best: a half, unless another is better. */
export type ThresholdSweep = (
  metric: Pick<Metric, 'direction'>,
  score: (counts: Float64Array) => number,
) => Swept;

/**
 * @param truth 0 and 1: [rows]
 */
export function thresholdSweep(
  truth: Float64Array,
  probabilities: Float64Array,
  weights?: Float64Array,
): ThresholdSweep {
  const { scores, blockOf } = blocksByScore(probabilities);
  const ofTruth = [new Float64Array(scores.length), new Float64Array(scores.length)];
  for (let row = 0; row < truth.length; row++)
    ofTruth[truth[row]!]![blockOf[row]!]! += weights === undefined ? 1 : weights[row]!;
  // Sums from both ends, for differences would leave crumbs of weights where no row is.
  const [below0, below1] = ofTruth.map(sumsBefore) as [Float64Array, Float64Array];
  const [above0, above1] = ofTruth.map((values) => sumsBefore(values.toReversed()).reverse()) as [
    Float64Array,
    Float64Array,
  ];
  let atHalf = scores.findIndex((score) => score > HALF);
  if (atHalf < 0) atHalf = scores.length;

  /** Rows labelled 1 as `from` blocks below the threshold would count them, those labelled 0 as `to` blocks would. */
  const counts = (from: number, to: number): Float64Array =>
    Float64Array.of(below0[to]!, above0[to]!, below1[from]!, above1[from]!);

  return (metric, score) => {
    let place = atHalf;
    let best = score(counts(place, place));
    const ranges: [number, number][] = [[0, scores.length]];
    while (ranges.length > 0) {
      const [from, to] = ranges.pop()!;
      const bound = score(counts(from, to));
      if (!isBetter(metric, bound, best)) continue;
      if (from === to) [place, best] = [from, bound];
      else {
        const middle = (from + to) >> 1;
        // The half of the range with the better middle first, for a good score early leaves more out.
        const halves: [number, number][] = [
          [from, middle],
          [middle + 1, to],
        ];
        const [low, high] = halves.map(([a, b]) => score(counts((a + b) >> 1, (a + b) >> 1)));
        ranges.push(...(isBetter(metric, low!, high!) ? halves.reverse() : halves));
      }
    }
    const threshold = place === atHalf ? HALF : cutBetween(scores, place);
    return { threshold, counts: counts(place, place), score: best };
  };
}

/** The sum of all values before each: [values + 1]. */
function sumsBefore(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, i) => (sums[i + 1] = sums[i]! + value));
  return sums;
}
