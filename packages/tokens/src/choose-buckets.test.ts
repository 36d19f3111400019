import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseBuckets } from './choose-buckets.ts';

function padded(longest: readonly number[], buckets: readonly number[]): number {
  return longest.reduce((sum, length) => sum + buckets.find((bucket) => bucket >= length)!, 0);
}

/** The best of all choices, one by one. */
function bruteForce(longest: readonly number[], count: number): number {
  const lengths = [...new Set(longest)].sort((a, b) => a - b);
  let best = Infinity;
  for (let choice = 0; choice < 2 ** (lengths.length - 1); choice++) {
    const buckets = lengths.filter((_, i) => i === lengths.length - 1 || choice & (1 << i));
    if (buckets.length <= count) best = Math.min(best, padded(longest, buckets));
  }
  return best;
}

describe('chooseBuckets', () => {
  it('keeps every length apart where there are buckets enough', () => {
    expect(chooseBuckets([9, 5, 9, 7], 4)).toEqual([5, 7, 9]);
  });

  it('joins the lengths whose padding costs least', () => {
    // 10 joins 11 for one token; 30 stays apart.
    expect(chooseBuckets([10, 11, 11, 30], 2)).toEqual([11, 30]);
    expect(chooseBuckets([10, 11, 11, 30], 1)).toEqual([30]);
  });

  it('pads as little as any choice', () => {
    const batches = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 8 }), (longest, count) => {
        const buckets = chooseBuckets(longest, count);
        expect(buckets.length).toBeLessThanOrEqual(count);
        expect(padded(longest, buckets)).toBe(bruteForce(longest, count));
      }),
    );
  });

  it('refuses no batches', () => {
    expect(() => chooseBuckets([], 3)).toThrow('got 0 and 3');
  });
});
