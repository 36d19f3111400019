/**
 * The bias-corrected and accelerated bootstrap interval (Efron, JASA 82, 1987): percentiles of the resampled scores,
 * shifted by how many of them are below the score itself, and by how skewed the influence of rows is. As
 * `scipy.stats.bootstrap` with `method="BCa"`. Where it is not defined, as when all influences are the same, the
 * percentiles are not shifted.
 */
import type { Jackknife } from './jackknife.ts';
import { normalQuantile, normalShare } from './normal-distribution.ts';

/**
 * @param resampled scores that are numbers, one or more, in any order
 * @param level such as 0.95
 */
export function bcaInterval(
  resampled: Float64Array,
  score: number,
  { scores, sizes }: Jackknife,
  level: number,
): { low: number; high: number } {
  const sorted = resampled.toSorted();
  const below = sorted.filter((value) => value < score).length;
  const notAbove = sorted.filter((value) => value <= score).length;
  const bias = normalQuantile((below + notAbove) / 2 / sorted.length);
  const acceleration = skewness(scores, sizes) / 6;
  const shifted = (share: number): number => {
    const z = bias + normalQuantile(share);
    const place = normalShare(bias + z / (1 - acceleration * z));
    return Number.isFinite(bias) && !Number.isNaN(place) ? place : share;
  };
  return {
    low: quantile(sorted, shifted((1 - level) / 2)),
    high: quantile(sorted, shifted((1 + level) / 2)),
  };
}

/** Of the influences: the sum of their cubes by the 3/2th power of that of their squares. */
function skewness(scores: Float64Array, sizes: Float64Array): number {
  const sum = (term: (i: number) => number): number =>
    scores.reduce((total, value, i) => (Number.isNaN(value) ? total : total + sizes[i]! * term(i)), 0);
  const mean = sum((i) => scores[i]!) / sum(() => 1);
  const squares = sum((i) => (mean - scores[i]!) ** 2);
  return squares === 0 ? 0 : sum((i) => (mean - scores[i]!) ** 3) / squares ** 1.5;
}

/** Between two values in proportion, as `numpy.quantile`. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (place - Math.floor(place)) * (high - low);
}
