import { describe, expect, it } from 'vitest';
import { rmse } from './rmse.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('rmse', () => {
  it('is better when lower', () => expect(rmse.direction).toBe('lower'));

  it('is √((1² + 7²) / 2) for errors of 1 and 7', () => {
    expect(rmse.score(columns([1, 2]), columns([2, 9]))).toBe(5);
  });

  it('averages the targets after the root', () => {
    expect(rmse.score(columns([0, 0], [0, 0]), columns([1, 1], [3, 3]))).toBe(2);
  });
});
