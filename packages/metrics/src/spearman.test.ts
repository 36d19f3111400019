import { describe, expect, it } from 'vitest';
import { spearman } from './spearman.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('spearman', () => {
  it('is better when higher', () => expect(spearman.direction).toBe('higher'));

  it('is 4/5 for one swap of neighbours in four', () => {
    expect(spearman.score(columns([1, 2, 3, 4]), columns([1, 100, 10, 1000]))).toBeCloseTo(0.8, 15);
  });
});
