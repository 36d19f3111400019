import { describe, expect, it } from 'vitest';
import { normalQuantile, normalShare } from './normal-distribution.ts';

// scipy.stats.norm.cdf
const shares: [number, number][] = [
  [0, 0.5],
  [1, 0.8413447460685429],
  [-1.959963984540054, 0.025],
  [2.5, 0.9937903346742238],
  [-3.5, 0.00023262907903552504],
  [-8, 6.220960574271786e-16],
];

describe('the normal distribution', () => {
  it.each(shares)('has a share below %d of %d', (x, share) => {
    expect(Math.abs(normalShare(x) / share - 1)).toBeLessThan(1e-12);
    expect(normalQuantile(share)).toBeCloseTo(x, x < -7 ? 7 : 12);
  });

  it('ends at 0 and 1', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });
});
