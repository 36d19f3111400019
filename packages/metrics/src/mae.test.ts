import { describe, expect, it } from 'vitest';
import { mae } from './mae.ts';
import { referenceCases } from './reference-cases.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('mae', () => {
  it.each(referenceCases(mae))('agrees with the reference on: $name', ({ score, least, most }) => {
    if (Number.isNaN(least)) return expect(score()).toBeNaN();
    expect(score()).toBeGreaterThanOrEqual(least);
    expect(score()).toBeLessThanOrEqual(most);
  });

  it('is better when lower', () => expect(mae.direction).toBe('lower'));

  it('is (1 + 3) / 2 for errors of 1 and -3', () => {
    expect(mae.score(columns([1, 2]), columns([2, -1]))).toBe(2);
  });
});
