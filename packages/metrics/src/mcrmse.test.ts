import { describe, expect, it } from 'vitest';
import { mcrmse } from './mcrmse.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('mcrmse', () => {
  it('is better when lower', () => expect(mcrmse.direction).toBe('lower'));

  it('averages the targets after the root', () => {
    expect(mcrmse.score(columns([0, 0], [0, 0]), columns([1, 1], [3, 3]))).toBe(2);
  });
});
