/**
 * How far the score might be another on other rows like these: rows are drawn at random with replacement, as many as
 * there are, and scored, many times over (Efron 1979). It knows nothing of how else the predictions might have come out,
 * by another seed or other training rows.
 */
import { bcaInterval } from './bca-interval.ts';
import type { Jackknife } from './jackknife.ts';
import { randomIndices } from './random-indices.ts';
import type { ScoreCounter } from './score-counter.ts';

export interface BootstrapInterval {
  low: number;
  high: number;
  level: number;
  method: 'BCa';
  /** How often rows were drawn, and for how many of these the metric was not defined, which are left out. */
  resamples: number;
  undefined: number;
  seed: number;
  /** The standard deviation of the resampled scores. */
  standardError: number;
}

export interface BootstrapOptions {
  /** 2 or more. */
  resamples: number;
  seed: number;
  /** Default: 0.95 */
  level?: number;
  /** Called after each resample; what it returns is awaited, so that it may let other work go first. */
  onResample?: (done: number) => Promise<void> | void;
}

/**
 * @param left the scores without single rows, or parts
 * @returns undefined for one row alone, and where the metric is defined for fewer than two of the resamples
 */
export async function bootstrap(
  counter: ScoreCounter,
  left: Jackknife,
  { resamples, seed, level = 0.95, onResample }: BootstrapOptions,
): Promise<BootstrapInterval | undefined> {
  const { groupOf, sizes, score } = counter;
  const rows = groupOf.length;
  if (rows < 2) return undefined;
  const draw = randomIndices(seed);
  const counts = new Float64Array(sizes.length);
  const scores = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    counts.fill(0);
    for (let left = rows; left > 0; left--) counts[groupOf[draw(rows)]!]!++;
    scores[i] = score(counts);
    await onResample?.(i + 1);
  }
  const defined = scores.filter((value) => !Number.isNaN(value));
  if (defined.length < 2) return undefined;
  const mean = defined.reduce((total, value) => total + value, 0) / defined.length;
  const squares = defined.reduce((total, value) => total + (value - mean) ** 2, 0);
  return {
    ...bcaInterval(defined, score(sizes), left, level),
    level,
    method: 'BCa',
    resamples,
    undefined: resamples - defined.length,
    seed,
    standardError: Math.sqrt(squares / (defined.length - 1)),
  };
}
