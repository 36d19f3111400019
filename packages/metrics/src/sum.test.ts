import { describe, expect, it } from 'vitest';
import { sum } from './sum.ts';

describe('sum', () => {
  it('keeps what plain addition loses', () => expect(sum([1, 1e100, 1, -1e100])).toBe(2));

  it('is 0 of nothing', () => expect(sum([])).toBe(0));
});
