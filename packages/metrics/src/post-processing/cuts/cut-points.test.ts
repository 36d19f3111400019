import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPoints } from './cut-points.ts';
import { findMetric } from '../../registry/find-metric.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

const fit = (name: string, truth: number[], numbers: number[], weights?: number[]) =>
  cutPoints.fit(
    {
      task: 'regression',
      metric: findMetric(name),
      truth: columns(truth),
      predictions: columns(numbers),
      weights: weights && Float64Array.from(weights),
    },
    {},
  );

/** The best score of all classes that rise along the numbers, one by one. */
function best(name: string, truth: number[], numbers: number[]): number {
  const values = [...new Set(truth)].sort((a, b) => a - b);
  const places = [-Infinity, ...numbers];
  const { score, direction } = findMetric(name);
  const all = places.flatMap((a) => places.map((b) => [Math.min(a, b), Math.max(a, b)]));
  const scores = all
    .map((cuts) =>
      numbers.map((x) => values[cuts.slice(0, values.length - 1).filter((cut) => x > cut).length]!),
    )
    .map((taken) => score(columns(truth), columns(taken)))
    .filter((value) => !Number.isNaN(value));
  return direction === 'higher' ? Math.max(...scores) : Math.min(...scores);
}

/** The same scores in classes 0, 1 and 2, with ties. */
const rows = fc
  .array(fc.tuple(fc.constantFrom(0, 1, 2), fc.integer({ min: 0, max: 12 })), { minLength: 3, maxLength: 10 })
  .filter((rows) => new Set(rows.map(([t]) => t)).size === 3);

describe('cut-points', () => {
  it('puts the cuts half-way between the neighbours', () => {
    expect(fit('mae', [1, 1, 2, 5], [0.2, 0.4, 0.8, 1])).toEqual({
      cuts: [[0.4 + (0.8 - 0.4) / 2, 0.9]],
      values: [[1, 2, 5]],
    });
  });

  it('takes the expected class of an ordinal task', () => {
    const predictions = columns([0.8, 0.5, 0.1, 0.1], [0.2, 0.3, 0.3, 0.1], [0, 0.2, 0.6, 0.8]);
    const rows = {
      task: 'ordinal',
      metric: findMetric('qwk'),
      truth: columns([0, 1, 1, 2]),
      predictions,
    } as const;
    const parameters = cutPoints.fit(rows, {});
    // The expected classes are .2, .7, 1.5 and 1.7.
    const [[low, high]] = parameters['cuts'] as [[number, number]];
    expect(low).toBeCloseTo(0.45, 12);
    expect(high).toBeCloseTo(1.6, 12);
    expect(cutPoints.apply(parameters, predictions, 'ordinal')).toEqual(columns([0, 1, 1, 2]));
  });

  it('gives a class no numbers where that is better, and rows weigh', () => {
    const cuts = (weights: number[]) => fit('mae', [1, 2, 3], [0.1, 0.3, 0.2], weights)['cuts'];
    // In the order of the numbers the truths are 1, 3, 2.
    expect(cuts([1, 5, 1])).toEqual([[expect.closeTo(0.15, 12), expect.any(Number)]]);
    const [[low, high]] = cuts([1, 1, 5]) as [[number, number]];
    expect([low, high]).toEqual([expect.closeTo(0.15, 12), expect.closeTo(0.15, 12)]);
  });

  it.each(['mae', 'rmse', 'accuracy', 'qwk'])('finds the best cuts for %s', (name) => {
    fc.assert(
      fc.property(rows, (rows) => {
        const [t, x] = [rows.map(([t]) => t), rows.map(([, x]) => x)];
        const taken = cutPoints.apply(fit(name, t, x), columns(x), 'regression');
        expect(findMetric(name).score(columns(t), taken)).toBeCloseTo(best(name, t, x), 12);
      }),
      { numRuns: 40 },
    );
  });

  it('cannot better f1-macro by moving one cut', () => {
    fc.assert(
      fc.property(rows, (rows) => {
        const [t, x] = [rows.map(([t]) => t), rows.map(([, x]) => x)];
        const { cuts, values } = fit('f1-macro', t, x) as { cuts: [[number, number]]; values: number[][] };
        const score = (a: number, b: number): number => {
          const taken = cutPoints.apply({ cuts: [[a, b]], values }, columns(x), 'regression');
          return findMetric('f1-macro').score(columns(t), taken);
        };
        const [[low, high]] = cuts;
        for (const cut of [-1, ...x]) {
          expect(score(cut, Math.max(cut, high))).toBeLessThanOrEqual(score(low, high) + 1e-12);
          expect(score(Math.min(low, cut), cut)).toBeLessThanOrEqual(score(low, high) + 1e-12);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('refuses measurements', () => {
    const many = Array.from({ length: 101 }, (_, i) => i);
    expect(() => fit('rmse', many, many)).toThrow(
      'cut points need a truth of 100 different values or fewer, got 101; round to a step instead',
    );
  });
});
