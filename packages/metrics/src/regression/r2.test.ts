import { describe, expect, it } from 'vitest';
import { r2 } from './r2.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('r2', () => {
  it('is better when higher', () => expect(r2.direction).toBe('higher'));

  it('is 0 for the mean', () => {
    expect(r2.score(columns([1, 2, 3]), columns([2, 2, 2]))).toBe(0);
  });

  it('is 1 - 1/2 for one error of 1', () => {
    expect(r2.score(columns([1, 2, 3]), columns([1, 2, 4]))).toBe(0.5);
  });
});
