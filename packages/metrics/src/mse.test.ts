import { describe, expect, it } from 'vitest';
import { mse } from './mse.ts';
import { referenceCases } from './reference-cases.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('mse', () => {
  it.each(referenceCases(mse))('agrees with the reference on: $name', ({ score, least, most }) => {
    if (Number.isNaN(least)) return expect(score()).toBeNaN();
    expect(score()).toBeGreaterThanOrEqual(least);
    expect(score()).toBeLessThanOrEqual(most);
  });

  it('is better when lower', () => expect(mse.direction).toBe('lower'));

  it('is (1² + 3²) / 2 for errors of 1 and 3', () => {
    expect(mse.score(columns([1, 2]), columns([2, 5]))).toBe(5);
  });
});
