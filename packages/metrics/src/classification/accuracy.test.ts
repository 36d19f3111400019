import { describe, expect, it } from 'vitest';
import { accuracy } from './accuracy.ts';

const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('accuracy', () => {
  it('is better when higher', () => expect(accuracy.direction).toBe('higher'));

  it('is 3 of 4', () => {
    expect(accuracy.score(columns([0, 1, 2, 1]), columns([0, 2, 2, 1]))).toBe(0.75);
  });

  it('counts rows whose labels are all right', () => {
    expect(accuracy.score(columns([0, 1], [1, 1]), columns([0, 1], [0, 1]))).toBe(0.5);
  });

  it('refuses probabilities', () => {
    expect(() => accuracy.score(columns([0, 1]), columns([0.2, 0.3], [0.8, 0.7]))).toThrow(
      'expected the classes of 1 targets, got 2 columns; probabilities must be made classes first',
    );
  });
});
