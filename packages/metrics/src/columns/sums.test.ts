import { describe, expect, it } from 'vitest';
import { sum } from './sums.ts';

describe('sum', () => {
  it('keeps what plain addition loses', () => {
    const values = [1, 1e100, 1, -1e100];
    expect(sum(4, (row) => values[row]!)).toBe(2);
  });

  it('is 0 of nothing', () => expect(sum(0, () => NaN)).toBe(0));
});
