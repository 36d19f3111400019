import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthBuckets } from './length-buckets.ts';
import { makeBatches } from './make-batches.ts';

describe('lengthBuckets', () => {
  it('goes up to the longest length, whether or not it is a multiple', () => {
    expect(lengthBuckets(32)).toEqual([8, 16, 24, 32]);
    expect(lengthBuckets(20)).toEqual([8, 16, 20]);
    expect(lengthBuckets(5)).toEqual([5]);
    expect(lengthBuckets(128, 64)).toEqual([64, 128]);
  });
});

describe('makeBatches', () => {
  it('sorts by length without a shuffle, equal lengths in their own order', () => {
    const batches = makeBatches({ lengths: [9, 3, 8, 3, 17], batchSize: 2, buckets: [8, 16, 24] });
    expect(batches).toEqual([
      { rows: Int32Array.of(1, 3), length: 8 },
      { rows: Int32Array.of(2, 0), length: 16 },
      { rows: Int32Array.of(4), length: 24 },
    ]);
  });

  it('takes every row once, pads it enough and no further than needed, and keeps one smaller batch', () => {
    const anyRows = fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 500 });
    const anyShuffle = fc.option(fc.record({ seed: fc.nat(), epoch: fc.nat(9) }), { nil: undefined });
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 9 }), anyShuffle, (lengths, batchSize, shuffle) => {
        const batches = makeBatches({ lengths, batchSize, buckets: lengthBuckets(64), shuffle });
        const rows = batches.flatMap((batch) => [...batch.rows]);
        expect(rows.sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
        const smaller = batches.filter((batch) => batch.rows.length < batchSize);
        expect(smaller.length).toBe(lengths.length % batchSize === 0 ? 0 : 1);
        for (const batch of batches) {
          const longest = Math.max(...Array.from(batch.rows, (row) => lengths[row]!));
          expect(batch.length).toBe(Math.ceil(longest / 8) * 8);
        }
      }),
    );
  });

  const lengths = Array.from({ length: 1000 }, (_, i) => 1 + ((i * 37) % 64));
  const shuffled = (seed: number, epoch: number) =>
    makeBatches({ lengths, batchSize: 4, buckets: lengthBuckets(64), shuffle: { seed, epoch } });

  it('repeats itself for a seed and epoch, and differs for others', () => {
    expect(shuffled(1, 0)).toEqual(shuffled(1, 0));
    const orders = [shuffled(1, 0), shuffled(1, 1), shuffled(2, 0), shuffled(0, 1)].map((batches) =>
      JSON.stringify(batches),
    );
    expect(new Set(orders).size).toBe(4);
  });

  it('pads little, though batches come in random order', () => {
    const batches = shuffled(3, 0);
    const tokens = lengths.reduce((sum, length) => sum + length, 0);
    const padded = batches.reduce((sum, { rows, length }) => sum + rows.length * length, 0);
    // Sorted within spans of 200 rows and padded to multiples of 8, a row has some 4 padded tokens on 32; unsorted, about 20.
    expect(padded / tokens).toBeLessThan(1.2);
    const rises = batches.filter((batch, i) => i > 0 && batch.length > batches[i - 1]!.length).length;
    expect(rises).toBeGreaterThan(75);
  });

  it('refuses what cannot be batched', () => {
    expect(() => makeBatches({ lengths: [9], batchSize: 2, buckets: [4, 8] })).toThrow(
      'A row of 9 tokens is longer than the largest bucket, 8',
    );
    expect(() => makeBatches({ lengths: [9], batchSize: 0, buckets: [16] })).toThrow(
      'batchSize must be 1 or more, got 0',
    );
    expect(() => makeBatches({ lengths: [9], batchSize: 1, buckets: [16, 8] })).toThrow(
      'The buckets must ascend',
    );
  });
});
