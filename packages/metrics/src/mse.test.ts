import { describe, expect, it } from 'vitest';
import { mse } from './mse.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('mse', () => {
  it('is better when lower', () => expect(mse.direction).toBe('lower'));

  it('is (1² + 3²) / 2 for errors of 1 and 3', () => {
    expect(mse.score(columns([1, 2]), columns([2, 5]))).toBe(5);
  });
});
