import { describe, expect, it } from 'vitest';
import { pearson, spearman } from './correlations.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('pearson', () => {
  it('is better when higher', () => expect(pearson.direction).toBe('higher'));

  it('is 3/5 for two swapped pairs', () => {
    expect(pearson.score(columns([1, 2, 3, 4]), columns([2, 1, 4, 3]))).toBe(0.6);
  });

  it('never leaves -1 to 1', () => {
    const truth = Float64Array.from({ length: 99 }, (_, i) => Math.sin(i) * 1e-160);
    expect(pearson.score([truth], [truth.map((x) => -3 * x)])).toBeGreaterThanOrEqual(-1);
    expect(pearson.score([truth], [truth])).toBeCloseTo(1, 14);
  });

  it('is not defined where one target of two is constant', () => {
    expect(pearson.score(columns([1, 2], [1, 2]), columns([1, 2], [0.1, 0.1]))).toBeNaN();
  });
});

describe('spearman', () => {
  it('is better when higher', () => expect(spearman.direction).toBe('higher'));

  it('is 4/5 for one swap of neighbours in four', () => {
    expect(spearman.score(columns([1, 2, 3, 4]), columns([1, 100, 10, 1000]))).toBeCloseTo(0.8, 15);
  });
});
