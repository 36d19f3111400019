import { describe, expect, it } from 'vitest';
import { clip } from './clip.ts';
import { findMetric } from '../registry/find-metric.ts';
import { rank } from './rank.ts';
import { round } from './round.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('clip', () => {
  it('finds the bound that log loss is least at: what is too sure is as sure as it is right', () => {
    // Four rows at .001, one of which is 1: with all of them at p, -log p - 3 log (1 - p) is least at p = 1/4.
    const rows = {
      task: 'binary',
      metric: findMetric('log-loss'),
      truth: columns([0, 0, 0, 1, 1, 1]),
      predictions: columns([0.001, 0.001, 0.001, 0.001, 0.7, 0.7]),
    } as const;
    const { low, high } = clip.fit(rows, {}) as { low: number[]; high: number[] };
    expect(low[0]).toBeCloseTo(0.25, 2);
    expect(high).toEqual([1]);
    expect(clip.fit(rows, { low: 0.1, high: 0.9 })).toEqual({ low: [0.1], high: [0.9] });
  });

  it('keeps numbers within the truth, each target in its own', () => {
    const rows = {
      task: 'regression',
      metric: findMetric('rmse'),
      truth: columns([1, 2, 3], [10, 20, 30]),
      predictions: columns([0, 2, 5], [12, 20, 28]),
    } as const;
    const parameters = clip.fit(rows, {});
    // Inner bounds would be worse than those of the truth.
    expect(parameters).toEqual({ low: [1, 10], high: [3, 30] });
    expect(clip.apply(parameters, columns([-5, 2.5, 9], [-5, 25, 99]), 'regression')).toEqual(
      columns([1, 2.5, 3], [10, 25, 30]),
    );
  });

  it('lets the probabilities of classes add up to 1 again', () => {
    const clipped = clip.apply({ low: [0.1], high: [1] }, columns([0.96, 0.2], [0.04, 0.8]), 'multi-class');
    expect(clipped[0]![0]).toBeCloseTo(0.96 / 1.06, 15);
    expect(clipped[1]![0]).toBeCloseTo(0.1 / 1.06, 15);
    expect(clipped.map((column) => column[1])).toEqual([0.2, 0.8]);
  });
});

describe('rank', () => {
  it('spreads the rows between 0 and 1, ties together', () => {
    expect(rank.apply({}, columns([0.9, 0.1, 0.9, 0.5]), 'binary')).toEqual(
      columns([0.75, 0.125, 0.75, 0.375]),
    );
  });
});

describe('round', () => {
  const rows = {
    task: 'regression',
    metric: findMetric('mae'),
    truth: columns([1, 2, 5, 2]),
    predictions: columns([0, 0, 0, 0]),
  } as const;

  it('takes the nearest of the values seen', () => {
    const parameters = round.fit(rows, {});
    expect(parameters).toEqual({ values: [[1, 2, 5]] });
    expect(round.apply(parameters, columns([-3, 1.4, 1.6, 3.4, 3.6, 80]), 'regression')).toEqual(
      columns([1, 1, 2, 2, 5, 5]),
    );
  });

  it('takes the nearest multiple of a step', () => {
    const parameters = round.fit(rows, { step: 0.1 });
    expect(round.apply(parameters, columns([0.31, 0.26, -0.12]), 'regression')).toEqual(
      columns([0.3, 0.3, -0.1]),
    );
  });

  it('takes the class nearest to the expected one', () => {
    const predictions = columns([0.4, 0.1], [0.3, 0.2], [0.3, 0.7]); // .9 and 1.6
    expect(round.apply({ values: [[0, 1, 2]] }, predictions, 'ordinal')).toEqual(columns([1, 2]));
  });
});
