import { describe, expect, it } from 'vitest';
import { ranks } from './ranks.ts';

describe('ranks', () => {
  it('gives ties the mean of their ranks', () => {
    expect(ranks(Float64Array.of(30, 10, 20, 20, -0, 0))).toEqual(Float64Array.of(6, 3, 4.5, 4.5, 1.5, 1.5));
  });
});
