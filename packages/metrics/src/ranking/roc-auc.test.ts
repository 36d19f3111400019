import { describe, expect, it } from 'vitest';
import { metrics } from '../registry/metrics.ts';

const rocAuc = metrics.get('roc-auc')!;
const columns = (...values: number[][]): Float64Array[] => values.map((column) => Float64Array.from(column));

describe('roc-auc', () => {
  it('is better when higher', () => expect(rocAuc.direction).toBe('higher'));

  it('is 3 of 4 pairs in order', () => {
    expect(rocAuc.score(columns([0, 1, 0, 1]), columns([1, 2, 3, 4]))).toBe(0.75);
  });

  it('counts a tie as a half', () => {
    expect(rocAuc.score(columns([0, 1]), columns([7, 7]))).toBe(0.5);
  });

  it('refuses labels that are not 0 or 1', () => {
    expect(() => rocAuc.score(columns([0, 2]), columns([0.1, 0.2]))).toThrow(
      'row 1 of the truth is 2; expected 0 or 1',
    );
  });
});
