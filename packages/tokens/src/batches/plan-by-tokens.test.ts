import { describe, expect, it } from 'vitest';
import { packedPlan, paddedPlan } from './plan-by-tokens.ts';

const lengths = Array.from({ length: 100 }, (_, i) => 3 + ((i * 7) % 18));

describe('paddedPlan', () => {
  it('cuts sorted texts at the budget, the longest first, and fills up with longer ones', () => {
    // Sorted: 0 6 3 | 2 4 | 5 1, of 2 2 3 | 4 4 | 8 9 tokens. 16 tokens are 4 texts of 4, or 1 of 9.
    const some = [2, 9, 4, 3, 4, 8, 2];
    const batch = (entries: number[], size: number, length: number) => ({
      entries: Int32Array.from(entries),
      size,
      length,
    });
    expect(paddedPlan({ lengths: some, padTo: [4, 9], tokens: 16 })).toEqual([
      batch([1], 1, 9),
      batch([5], 1, 9),
      batch([4], 1, 9), // Not full with texts of 4, so it takes longer ones; of these, one is all that fits.
      batch([0, 6, 3, 2], 4, 4),
    ]);
    // 27 tokens are 6 texts of 4, but only 5 are there; or 3 of 9.
    expect(paddedPlan({ lengths: some, padTo: [4, 9], tokens: 27 })).toEqual([
      batch([1], 1, 9),
      batch([2, 4, 5], 3, 9),
      batch([0, 6, 3], 3, 9),
    ]);
  });

  it('gives the batch that is left a power of two of encodings', () => {
    const sizes = (texts: number) =>
      paddedPlan({ lengths: Array<number>(texts).fill(5), padTo: [5], tokens: 60 }).map(({ size }) => size);
    expect(sizes(11)).toEqual([12]); // 16 would be more than the budget.
    expect(sizes(15)).toEqual([4, 12]);
    expect(sizes(13)).toEqual([1, 12]);
  });

  it('takes one that is longer than the budget alone', () => {
    expect(paddedPlan({ lengths: [50, 50], padTo: [50], tokens: 10 }).map(({ size }) => size)).toEqual([
      1, 1,
    ]);
  });

  it('refuses one that is longer than any length to pad to', () => {
    expect(() => paddedPlan({ lengths: [3, 8], padTo: [4, 7], tokens: 64 })).toThrow(
      'An encoding of 8 tokens is longer than 7, the longest to pad to',
    );
  });

  it('makes no batch of nothing', () => {
    expect(paddedPlan({ lengths: [], padTo: [], tokens: 64 })).toEqual([]);
  });
});

describe('packedPlan', () => {
  it('takes every encoding once, in batches of one shape with little room left', () => {
    const batches = packedPlan({ lengths, tokens: 400, compiled: [] });
    const entries = batches.flatMap((batch) => [...batch.entries]);
    expect(entries.sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
    // 1,146 tokens: three batches of 33 or 34 texts, 382 tokens each, in multiples of 8 texts and of 32 tokens.
    expect(batches.map(({ size, length, total }) => ({ size, length, total }))).toEqual(
      Array(3).fill({ size: 40, length: 20, total: 416 }),
    );
  });

  it('takes a shape again where encodings fit and little is wasted', () => {
    const shape = (compiled: { size: number; length: number; total: number }[]) => {
      const [{ size, length, total } = { size: 0, length: 0, total: 0 }] = packedPlan({
        lengths,
        tokens: 400,
        compiled,
      });
      return { size, length, total };
    };
    const needed = { size: 40, length: 20, total: 416 };
    const roomy = { size: 44, length: 20, total: 448 };
    expect(shape([roomy])).toEqual(roomy);
    expect(shape([{ ...roomy, total: 800 }])).toEqual(needed);
    expect(shape([{ ...roomy, length: 16 }])).toEqual(needed);
    expect(shape([{ ...roomy, size: 32 }])).toEqual(needed);
    expect(shape([{ ...roomy, size: 90 }])).toEqual(needed);
  });

  it('gives one of more tokens than a batch has its room', () => {
    const [batch, ...others] = packedPlan({ lengths: [100, 2], tokens: 40, compiled: [] });
    expect(batch!.total).toBeGreaterThanOrEqual(100);
    expect([batch, ...others].flatMap((each) => [...each!.entries]).sort()).toEqual([0, 1]);
  });

  it('makes no batches of nothing', () => {
    expect(packedPlan({ lengths: [], tokens: 40, compiled: [] })).toEqual([]);
  });
});
