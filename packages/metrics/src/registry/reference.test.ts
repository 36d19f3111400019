/** Every metric beside scikit-learn and SciPy, whose scores fixtures/make_reference.py wrote. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findMetric } from './find-metric.ts';
import { metricFamilies } from './metric-families.ts';
import type { Columns } from '../metric.ts';
import { metrics } from './metrics.ts';

interface Case {
  name: string;
  truth: number[][];
  predictions: number[][];
  weights?: number[];
  scores: Record<string, number | null>;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/reference.json', import.meta.url), 'utf8'),
) as { cases: Case[] };
const columns = (values: number[][]): Columns => values.map((column) => Float64Array.from(column));
const same = (a: Columns, b: number[][]): boolean =>
  a.every((column, c) => column.every((value, row) => Object.is(value, b[c]![row])));
const names = [...new Set(cases.flatMap(({ scores }) => Object.keys(scores)))];

it('has cases of every metric', () => {
  expect(names).toEqual(expect.arrayContaining([...metrics.keys()]));
  for (const { prefix } of metricFamilies)
    expect(names.filter((name) => name.startsWith(prefix))).not.toEqual([]);
});

describe.each(names)('%s', (name) => {
  const metric = findMetric(name);
  const own = cases.filter(({ scores }) => name in scores);

  it('is what the reference says, undefined where that is, and leaves its arguments as they were', () => {
    const wrong = own.filter(({ scores, ...given }) => {
      const [truth, predictions] = [columns(given.truth), columns(given.predictions)];
      const score = metric.score(truth, predictions, given.weights && Float64Array.from(given.weights));
      if (!same(truth, given.truth) || !same(predictions, given.predictions)) return true;
      const expected = scores[name] as number | null;
      if (expected === null) return !Number.isNaN(score);
      // 1e-12 of the score; near 0, where rounding of unrelated rows' correlations ends, of 0.001.
      return !(Math.abs(score - expected) <= 1e-12 * Math.max(1e-3, Math.abs(expected)));
    });
    expect(wrong.map((one) => one.name)).toEqual([]);
    expect(own.length).toBeGreaterThanOrEqual(5);
  });

  it('has weighted cases where it takes weights, and refuses them where not', () => {
    expect(own.some(({ weights }) => weights !== undefined)).toBe(metric.takesWeights);
    if (metric.takesWeights) return;
    const { truth, predictions } = own[0]!;
    const weights = Float64Array.from(truth[0]!, () => 1);
    expect(() => metric.score(columns(truth), columns(predictions), weights)).toThrow(
      new Error(`the metric "${name}" takes no weights`),
    );
  });
});
