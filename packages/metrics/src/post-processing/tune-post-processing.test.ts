import { describe, expect, it } from 'vitest';
import { findMetric } from '../registry/find-metric.ts';
import type { MetricTask } from '../metric.ts';
import type { PostProcessingSetting } from './post-processings.ts';
import { sum } from '../columns/sums.ts';
import { tunePostProcessing } from './tune-post-processing.ts';

/** Uniform in 0 to 1, the same in each run (mulberry32, T. Ettinger). */
function uniform(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

const filled = (rows: number, value: () => number): Float64Array =>
  Float64Array.from({ length: rows }, value);
const assignment = (rows: number, folds: number): Int32Array =>
  Int32Array.from({ length: rows }, (_, row) => row % folds);
const meanOf = (values: number[]): number => sum(values.length, (i) => values[i]!) / values.length;
/** The standard error of the mean. */
const errorOf = (values: number[]): number => {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
};

describe('labels that have nothing to do with the predictions', () => {
  const rows = 200;

  it('score no more than chance by nested folds, and as the luckiest threshold does where they are fitted', () => {
    const tuned = Array.from({ length: 64 }, (_, seed) => {
      const next = uniform(seed);
      const truth = [filled(rows, () => Number(next() < 0.5))];
      const predictions = [filled(rows, next)];
      const metric = findMetric('accuracy');
      return tunePostProcessing({ task: 'binary', metric, truth, predictions }, assignment(rows, 5), {
        kind: 'threshold',
      });
    });
    // A threshold that does not depend on a row's label is right with probability 1/2. The number right in a fold of 40
    // has a variance of 10, and however the five depend on each other, that of their sum is 5² × 10 at most. As a share
    // of 200 rows, in the mean of 64 runs, the standard deviation is √250 / 200 / 8 = .0099 at most; three are .03.
    expect(Math.abs(meanOf(tuned.map(({ nested }) => nested!)) - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(meanOf(tuned.map(({ plain }) => plain!)) - 0.5)).toBeLessThan(0.03);
    // Lowered past one row after another, the threshold gets one more right or one fewer: a fair walk W of 200 steps
    // that starts at the number of zeros, which is 100 in the mean. The most of it is 100 + E max W, and E max W =
    // E |W(200)| - (1 - q) / 2 = 200 q - (1 - q) / 2 by reflection, where q = P(W(200) = 0) = C(200, 100) / 2²⁰⁰ = .05635.
    // That is 10.80: an accuracy of .5540.
    const optimistic = tuned.map((run) => run.optimistic!);
    expect(Math.abs(meanOf(optimistic) - 0.554)).toBeLessThan(4 * errorOf(optimistic));
    expect(errorOf(optimistic)).toBeLessThan(0.004);
    expect(tuned.every((run) => run.optimistic! >= run.plain!)).toBe(true);
  });

  it.each<[string, MetricTask, PostProcessingSetting, number, number]>([
    ['accuracy', 'multi-label', { kind: 'threshold' }, 3, 1 / 8],
    ['qwk', 'ordinal', { kind: 'cut-points' }, 4, 0],
    ['log-loss', 'binary', { kind: 'clip' }, 1, Math.log(2)],
  ])('do not score better than chance by %s of a %s task', (name, task, setting, outputs, chance) => {
    const metric = findMetric(name);
    const sign = metric.direction === 'higher' ? 1 : -1;
    const tuned = Array.from({ length: 25 }, (_, seed) => {
      const next = uniform(1000 + seed);
      const isOrdinal = task === 'ordinal';
      const label = (): number => (isOrdinal ? Math.floor(4 * next()) : Number(next() < 0.5));
      const truth = Array.from({ length: isOrdinal ? 1 : outputs }, () => filled(rows, label));
      const raw = Array.from({ length: outputs }, () => filled(rows, () => 0.01 + 0.98 * next()));
      const total = (row: number): number => raw.reduce((all, column) => all + column[row]!, 0);
      const predictions = isOrdinal ? raw.map((column) => column.map((p, row) => p / total(row))) : raw;
      return tunePostProcessing({ task, metric, truth, predictions }, assignment(rows, 5), setting);
    });
    const [nested, optimistic] = [
      tuned.map((run) => sign * (run.nested! - chance)),
      tuned.map((run) => sign * (run.optimistic! - chance)),
    ];
    expect(meanOf(nested)).toBeLessThan(3 * errorOf(nested));
    expect(meanOf(optimistic)).toBeGreaterThan(3 * errorOf(optimistic));
  });
});

describe('tunePostProcessing', () => {
  const next = uniform(7);
  const rows = 60;
  const folds = assignment(rows, 3);
  const probabilities = (columns: number): Float64Array[] =>
    Array.from({ length: columns }, () => filled(rows, next));
  const cases: [string, MetricTask, PostProcessingSetting, Float64Array[], Float64Array[]][] = [
    ['f1', 'binary', { kind: 'threshold' }, [filled(rows, () => Number(next() < 0.3))], probabilities(1)],
    [
      'f1-micro',
      'multi-label',
      { kind: 'threshold' },
      probabilities(2).map((c) => c.map(Math.round)),
      probabilities(2),
    ],
    [
      'accuracy',
      'multi-label',
      { kind: 'threshold' },
      probabilities(2).map((c) => c.map(Math.round)),
      probabilities(2),
    ],
    [
      'qwk',
      'ordinal',
      { kind: 'cut-points' },
      [filled(rows, () => Math.floor(3 * next()))],
      probabilities(3),
    ],
    [
      'mae',
      'regression',
      { kind: 'cut-points' },
      [filled(rows, () => Math.floor(3 * next()))],
      probabilities(1),
    ],
    ['rmse', 'regression', { kind: 'clip' }, probabilities(2), probabilities(2)],
    ['rmse', 'regression', { kind: 'round' }, [filled(rows, () => Math.floor(9 * next()))], probabilities(1)],
    ['log-loss', 'binary', { kind: 'clip' }, [filled(rows, () => Number(next() < 0.3))], probabilities(1)],
  ];

  it.each(cases)(
    'fits %s of a %s task by other folds than the one that is scored: %o',
    (name, task, setting, truth, predictions) => {
      const metric = findMetric(name);
      const before = tunePostProcessing({ task, metric, truth, predictions }, folds, setting);
      // The labels of fold 1 become each other's.
      const own = [...folds.keys()].filter((row) => folds[row] === 1);
      const turned = truth.map((column) => {
        const changed = column.slice();
        own.forEach((row, i) => (changed[row] = column[own.at(i - 1)!]!));
        return changed;
      });
      expect(turned).not.toEqual(truth);
      const after = tunePostProcessing({ task, metric, truth: turned, predictions }, folds, setting);
      expect(after.folds[1]!.parameters).toEqual(before.folds[1]!.parameters);
      // And so they would be if the fold were not there.
      const others = (columns: readonly Float64Array[]) =>
        columns.map((c) => c.filter((_, row) => folds[row] !== 1));
      const rest = { task, metric, truth: others(truth), predictions: others(predictions) };
      const alone = tunePostProcessing(
        rest,
        folds.filter((fold) => fold !== 1),
        setting,
      );
      expect(before.folds[1]!.parameters).toEqual(alone.parameters);
    },
  );

  it('scores all rows together, each with the parameters of its fold, and tells of each fold', () => {
    // Fold 0 wants a threshold below .3, fold 1 one of .3 or more; each gets the other's.
    const tuned = tunePostProcessing(
      {
        task: 'binary',
        metric: findMetric('accuracy'),
        truth: [Float64Array.of(1, 0, 1, 0)],
        predictions: [Float64Array.of(0.3, 0.8, 0.1, 0.3)],
      },
      [0, 1, 0, 1],
      { kind: 'threshold' },
    );
    expect(tuned.plain).toBe(0.25);
    expect(tuned.folds).toEqual([
      { fold: 0, parameters: { thresholds: [expect.any(Number)] }, plain: 0, nested: 0 },
      { fold: 1, parameters: { thresholds: [expect.any(Number)] }, plain: 0.5, nested: 0 },
    ]);
    expect(tuned.nested).toBe(0);
    expect(tuned.optimistic).toBe(0.5);
  });

  it('ranks the rows of each fold among themselves', () => {
    const tuned = tunePostProcessing(
      {
        task: 'binary',
        metric: findMetric('roc-auc'),
        truth: [Float64Array.of(0, 1, 0, 1)],
        predictions: [Float64Array.of(0.1, 0.2, 0.8, 0.9)],
      },
      [0, 0, 1, 1],
      { kind: 'rank' },
    );
    // Two models, each right, on unlike scales: of four pairs, one is wrong until both have one scale.
    expect(tuned).toMatchObject({ parameters: {}, plain: 0.75, nested: 1, optimistic: 0.75 });
  });

  it.each<[PostProcessingSetting, string, MetricTask, string]>([
    [
      { kind: 'rank' },
      'f1',
      'binary',
      'the post-processing "rank" does not fit the metric "f1" of a binary task; what fits is threshold',
    ],
    [
      { kind: 'clip' },
      'accuracy',
      'multi-class',
      'the post-processing "clip" does not fit the metric "accuracy" of a multi-class task; none does',
    ],
  ])('refuses %o for %s', (setting, name, task, message) => {
    const rows = {
      task,
      metric: findMetric(name),
      truth: [Float64Array.of(0, 1)],
      predictions: [Float64Array.of(0, 1)],
    };
    expect(() => tunePostProcessing(rows, [0, 1], setting)).toThrow(new Error(message));
  });

  it('refuses a single fold', () => {
    const rows = {
      task: 'binary',
      metric: findMetric('f1'),
      truth: [Float64Array.of(0, 1)],
      predictions: [Float64Array.of(0, 1)],
    } as const;
    expect(() => tunePostProcessing(rows, [0, 0], { kind: 'threshold' })).toThrow('needs two or more, got 1');
  });
});
