import { describe, expect, it } from 'vitest';
import { qwk } from './qwk.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('qwk', () => {
  it('is better when higher', () => expect(qwk.direction).toBe('higher'));

  it('is 2/3 for one error of 1 in three, where all pairs are 1 apart in the mean', () => {
    // Squares of the pairs: 0 + 1 + 1, 1 + 0 + 0, 4 + 1 + 1, of nine.
    expect(qwk.score(columns([0, 1, 2]), columns([0, 1, 1]))).toBeCloseTo(1 - 1 / 3 / (9 / 9), 15);
  });

  it('refuses probabilities', () => {
    expect(() => qwk.score(columns([0, 1]), columns([0.2, 0.3], [0.8, 0.7]))).toThrow(
      'expected predictions of 1 targets, got 2; qwk takes one of each',
    );
  });
});
