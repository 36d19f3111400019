import { describe, expect, it } from 'vitest';
import { mae } from './mae.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('mae', () => {
  it('is better when lower', () => expect(mae.direction).toBe('lower'));

  it('is (1 + 3) / 2 for errors of 1 and -3', () => {
    expect(mae.score(columns([1, 2]), columns([2, -1]))).toBe(2);
  });
});
