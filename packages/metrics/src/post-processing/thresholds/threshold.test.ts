import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineMetric } from '../../registry/define-metric.ts';
import { findMetric } from '../../registry/find-metric.ts';
import type { Metric, MetricTask } from '../../metric.ts';
import { threshold } from './threshold.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

function fit(
  task: MetricTask,
  name: string | Metric,
  [truth, predictions]: [number[][], number[][]],
  weights?: number[],
): number[] {
  const metric = typeof name === 'string' ? findMetric(name) : name;
  const rows = { task, metric, truth: columns(...truth), predictions: columns(...predictions) };
  const { thresholds } = threshold.fit({ ...rows, weights: weights && Float64Array.from(weights) }, {});
  return thresholds as number[];
}

/** The best score of all combinations of thresholds, one by one. */
function best(name: string, truth: number[][], predictions: number[][], weights?: number[]): number {
  const metric = findMetric(name);
  const given = weights && Float64Array.from(weights);
  const cuts = predictions.map((column) => [-1, ...column]);
  const combinations = cuts.reduce<number[][]>(
    (all, own) => all.flatMap((some) => own.map((cut) => [...some, cut])),
    [[]],
  );
  return Math.max(
    ...combinations.map((thresholds) => {
      const taken = predictions.map((column, c) => column.map((p) => Number(p > thresholds[c]!)));
      return metric.score(columns(...truth), columns(...taken), given);
    }),
  );
}

function reached(
  task: MetricTask,
  name: string,
  truth: number[][],
  predictions: number[][],
  weights?: number[],
): number {
  const thresholds = fit(task, name, [truth, predictions], weights);
  const taken = threshold.apply({ thresholds }, columns(...predictions), task);
  return findMetric(name).score(columns(...truth), taken, weights && Float64Array.from(weights));
}

/** Rows of labels with coarse scores, so that there are ties. */
const labelled = (labels: number, rows: number) =>
  fc.array(
    fc.record({
      t: fc.array(fc.constantFrom(0, 1), { minLength: labels, maxLength: labels }),
      p: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: labels, maxLength: labels }),
      w: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: rows },
  );
const transposed = (rows: number[][]): number[][] => rows[0]!.map((_, c) => rows.map((row) => row[c]!));

describe('threshold', () => {
  it('takes three of four for 1, where two of them are: F1 of 4/5 is the most', () => {
    // Above .1: 2 right of 3 found, F1 4/5; above .3: 1 of 2, F1 1/2; above .4: 1 of 1, F1 2/3.
    expect(fit('binary', 'f1', [[[0, 1, 0, 1]], [[0.1, 0.2, 0.3, 0.4]]])).toEqual([0.1 + 0.05]);
  });

  it('stays at a half where no other is better', () => {
    expect(fit('binary', 'accuracy', [[[0, 1, 0, 1]], [[0.1, 0.6, 0.3, 0.9]]])).toEqual([0.5]);
  });

  it('is above all where nothing should be taken for 1', () => {
    const [cut] = fit('binary', 'accuracy', [[[0, 0, 0]], [[0.6, 0.7, 0.9]]]);
    expect(cut).toBeGreaterThanOrEqual(0.9);
  });

  it('weighs rows', () => {
    const rows: [number[][], number[][]] = [[[1, 0]], [[0.2, 0.3]]];
    expect(fit('binary', 'accuracy', rows, [3, 1])[0]).toBeLessThan(0.2);
    expect(fit('binary', 'accuracy', rows, [1, 3])[0]).toBeGreaterThanOrEqual(0.3);
  });

  it.each(['f1', 'fbeta:2', 'f1-macro', 'f1-weighted', 'accuracy', 'precision', 'jaccard'])(
    'finds the best threshold for %s',
    (name) => {
      fc.assert(
        fc.property(labelled(1, 25), (rows) => {
          const [t, p] = [[rows.map(({ t }) => t[0]!)], [rows.map(({ p }) => p[0]! / 20)]];
          const weights = rows.map(({ w }) => w);
          expect(reached('binary', name, t, p)).toBeCloseTo(best(name, t, p), 12);
          expect(reached('binary', name, t, p, weights)).toBeCloseTo(best(name, t, p, weights), 12);
        }),
        { numRuns: 25 },
      );
    },
  );

  it.each(['f1-macro', 'f1-weighted', 'f1-micro', 'jaccard-micro', 'precision-macro'])(
    'finds the best thresholds of two labels for %s',
    (name) => {
      fc.assert(
        fc.property(labelled(2, 8), (rows) => {
          const [t, p] = [
            transposed(rows.map(({ t }) => t)),
            transposed(rows.map(({ p }) => p.map((x) => x / 20))),
          ];
          expect(reached('multi-label', name, t, p)).toBeCloseTo(best(name, t, p), 12);
        }),
        { numRuns: 30 },
      );
    },
  );

  it.each(['accuracy', 'f1-samples'])('cannot better %s by another threshold of one label', (name) => {
    fc.assert(
      fc.property(labelled(3, 12), (rows) => {
        const [t, p] = [
          transposed(rows.map(({ t }) => t)),
          transposed(rows.map(({ p }) => p.map((x) => x / 20))),
        ];
        const score = reached('multi-label', name, t, p);
        const thresholds = fit('multi-label', name, [t, p]);
        for (const [c, column] of p.entries())
          for (const cut of [-1, ...column]) {
            const taken = threshold.apply(
              { thresholds: thresholds.with(c, cut) },
              columns(...p),
              'multi-label',
            );
            expect(findMetric(name).score(columns(...t), taken)).toBeLessThanOrEqual(score + 1e-9);
          }
      }),
      { numRuns: 25 },
    );
  });

  it("climbs for a metric of the user's own, which takes no weights", () => {
    const metric = defineMetric({
      name: 'rows-with-any-hit',
      direction: 'higher',
      takes: 'classes',
      score: (truth, taken) =>
        truth[0]!.filter((_, row) => truth.some((t, c) => t[row] === 1 && taken[c]![row] === 1)).length -
        taken.flatMap((column) => [...column]).filter((label) => label === 1).length / 2,
    });
    // Each row's 1 is worth 1, each label that is taken costs a half: one label a row is the best.
    const rows: [number[][], number[][]] = [[[1, 1, 0], [0, 1, 1]], [[0.3, 0.4, 0.1], [0.2, 0.2, 0.4]]]; // prettier-ignore
    const thresholds = fit('multi-label', metric, rows);
    expect(threshold.apply({ thresholds }, columns(...rows[1]), 'multi-label')).toEqual(
      columns([1, 1, 0], [0, 0, 1]),
    );
    expect(fit('binary', metric, [[[1, 0]], [[0.4, 0.2]]])[0]).toBeCloseTo(0.3, 12);
  });
});
