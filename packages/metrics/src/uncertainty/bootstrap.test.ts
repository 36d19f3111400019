import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bcaInterval } from './bca-interval.ts';
import { bootstrap } from './bootstrap.ts';
import { findMetric } from '../registry/find-metric.ts';
import { jackknife } from './jackknife.ts';
import { scoreCounter } from './score-counter.ts';

interface Case {
  metric: string;
  truth: number[];
  predictions: number[];
  score: number;
  given: { resampled: number[]; level: number; low: number; high: number };
  interval: { resamples: number; level: number; seeds: number; mean: [number, number]; sd: [number, number] };
}

/** What SciPy says of the same rows, as fixtures/make_bootstrap.py wrote it. */
const cases = JSON.parse(
  readFileSync(new URL('../../fixtures/bootstrap.json', import.meta.url), 'utf8'),
) as Case[];

const scored = ({ metric, truth, predictions }: Pick<Case, 'metric' | 'truth' | 'predictions'>) => ({
  metric: findMetric(metric),
  truth: [Float64Array.from(truth)],
  predictions: [Float64Array.from(predictions)],
});

describe.each(cases)('the interval of $metric', (reference) => {
  const counter = scoreCounter(scored(reference));
  const left = jackknife(counter);

  it("is SciPy's for the same resampled scores", () => {
    const { resampled, level, low, high } = reference.given;
    const score = counter.score(counter.sizes);
    expect(score).toBeCloseTo(reference.score, 12);
    // SciPy's scores may differ in the last digits, which must not tell how many are below this one.
    const given = Float64Array.from(resampled, (value) => (Math.abs(value - score) < 1e-12 ? score : value));
    const interval = bcaInterval(given, score, left, level);
    expect(interval.low).toBeCloseTo(low, 9);
    expect(interval.high).toBeCloseTo(high, 9);
  });

  it("is SciPy's of other random numbers, as near as so many resamples come", async () => {
    const { resamples, level, mean, sd, seeds } = reference.interval;
    const runs = 8;
    const intervals = [];
    for (let seed = 0; seed < runs; seed++)
      intervals.push((await bootstrap(counter, left, { resamples, seed, level }))!);
    for (const [i, end] of (['low', 'high'] as const).entries()) {
      const ours = intervals.reduce((total, interval) => total + interval[end], 0) / runs;
      // An end varies by `sd` from seed to seed: the difference of the two means by that much, whoever draws.
      const error = sd[i]! * Math.sqrt(1 / runs + 1 / seeds);
      expect(Math.abs(ours - mean[i]!)).toBeLessThan(3.5 * error);
    }
  });
});

describe('bootstrap', () => {
  const rows = scored(cases[0]!);
  const of = async (seed: number) => {
    const counter = scoreCounter(rows);
    return bootstrap(counter, jackknife(counter), { resamples: 50, seed });
  };

  it('is the same for the same seed, and another for another', async () => {
    expect(await of(3)).toEqual(await of(3));
    expect(await of(3)).not.toEqual(await of(4));
  });

  it('is the score alone where all rows are alike', async () => {
    const counter = scoreCounter(scored({ metric: 'accuracy', truth: [1, 1, 0], predictions: [1, 1, 0] }));
    expect(await bootstrap(counter, jackknife(counter), { resamples: 20, seed: 0 })).toMatchObject({
      low: 1,
      high: 1,
      standardError: 0,
    });
  });

  it('leaves out, and counts, resamples that the metric is not defined for', async () => {
    const counter = scoreCounter(
      scored({ metric: 'roc-auc', truth: [1, 0, 0], predictions: [0.9, 0.2, 0.1] }),
    );
    const interval = (await bootstrap(counter, jackknife(counter), { resamples: 2000, seed: 0 }))!;
    // No row labelled 1, (2/3)³, or no other, (1/3)³: a third of the draws, give or take three times √(2000 · 2/9).
    expect(Math.abs(interval.undefined - 2000 / 3)).toBeLessThan(64);
    expect(interval.low).toBe(1);
  });

  it('has none of one row', async () => {
    const counter = scoreCounter(scored({ metric: 'mae', truth: [1], predictions: [2] }));
    expect(await bootstrap(counter, jackknife(counter), { resamples: 20, seed: 0 })).toBeUndefined();
  });

  it('weighs rows, in the score and in what is left out', () => {
    const weights = Float64Array.of(1, 3, 1);
    const counter = scoreCounter({
      ...scored({ metric: 'rmse', truth: [0, 0, 0], predictions: [1, 2, 5] }),
      weights,
    });
    expect(counter.score(Float64Array.of(1, 2, 0))).toBeCloseTo(Math.sqrt((1 + 6 * 4) / 7), 15);
    expect([...jackknife(counter).scores]).toEqual([
      expect.closeTo(Math.sqrt((3 * 4 + 25) / 4), 12),
      expect.closeTo(Math.sqrt((1 + 25) / 2), 12),
      expect.closeTo(Math.sqrt((1 + 3 * 4) / 4), 12),
    ]);
  });
});

describe('scoreCounter', () => {
  it.each(['f1-macro', 'qwk', 'accuracy', 'kendall', 'ndcg@2', 'mcc'])(
    'counts rows for %s as if they were written out',
    (name) => {
      const metric = findMetric(name);
      const truth = [Float64Array.of(0, 1, 2, 1, 0, 2, 1)];
      const taken = Float64Array.of(0, 1, 1, 1, 2, 2, 0);
      const isRanked = name.startsWith('ndcg');
      const predictions = isRanked
        ? [0, 1, 2].map((c) => taken.map((p, row) => Number(p === c) + row / 50))
        : [taken];
      const counter = scoreCounter({ metric, truth, predictions });
      const rows = [0, 0, 2, 3, 3, 3, 4];
      const counts = new Float64Array(counter.sizes.length);
      for (const row of rows) counts[counter.groupOf[row]!]!++;
      const written = (columns: readonly Float64Array[]) =>
        columns.map((c) => Float64Array.from(rows, (row) => c[row]!));
      expect(counter.score(counts)).toBeCloseTo(metric.score(written(truth), written(predictions)), 12);
    },
  );

  it('puts rows that are alike together', () => {
    const counter = scoreCounter(scored({ metric: 'f1', truth: [1, 0, 1, 1], predictions: [1, 0, 1, 0] }));
    expect([...counter.groupOf]).toEqual([0, 1, 0, 2]);
    expect([...counter.sizes]).toEqual([2, 1, 1]);
  });
});
