import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthGroups } from './length-groups.ts';

describe('lengthGroups', () => {
  it('sorts by length without a shuffle, equal lengths in their own order', () => {
    const groups = lengthGroups({ lengths: [9, 3, 8, 3, 17], size: 2 });
    expect(groups).toEqual([Int32Array.of(1, 3), Int32Array.of(2, 0), Int32Array.of(4)]);
  });

  it('takes every encoding once, the longest of a batch last, and keeps one smaller batch', () => {
    const anyRows = fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 500 });
    const anyShuffle = fc.option(fc.record({ seed: fc.nat(), epoch: fc.nat(9) }), { nil: undefined });
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 9 }), anyShuffle, (lengths, size, shuffle) => {
        const groups = lengthGroups({ lengths, size, shuffle });
        const rows = groups.flatMap((group) => [...group]);
        expect(rows.sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
        const smaller = groups.filter((group) => group.length < size);
        expect(smaller.length).toBe(lengths.length % size === 0 ? 0 : 1);
        for (const group of groups) {
          const longest = Math.max(...Array.from(group, (row) => lengths[row]!));
          expect(lengths[group.at(-1)!]).toBe(longest);
        }
      }),
    );
  });

  const lengths = Array.from({ length: 1000 }, (_, i) => 1 + ((i * 37) % 64));
  const shuffled = (seed: number, epoch: number) =>
    lengthGroups({ lengths, size: 4, shuffle: { seed, epoch } });

  it('repeats itself for a seed and epoch, and differs for others', () => {
    expect(shuffled(1, 0)).toEqual(shuffled(1, 0));
    const orders = [shuffled(1, 0), shuffled(1, 1), shuffled(2, 0), shuffled(0, 1)].map((groups) =>
      groups.map((group) => group.join()).join(' '),
    );
    expect(new Set(orders).size).toBe(4);
  });

  it('pads little, though batches come in random order', () => {
    const longest = shuffled(3, 0).map((group) => lengths[group.at(-1)!]!);
    const tokens = lengths.reduce((sum, length) => sum + length, 0);
    const padded = longest.reduce((sum, length) => sum + 4 * length, 0);
    // Sorted within spans of 200, an encoding has less than a padded token on 32; unsorted, about 20.
    expect(padded / tokens).toBeLessThan(1.05);
    const rises = longest.filter((length, i) => i > 0 && length > longest[i - 1]!).length;
    expect(rises).toBeGreaterThan(75);
  });

  it('refuses batches of nothing', () => {
    expect(() => lengthGroups({ lengths: [9], size: 0 })).toThrow('size must be 1 or more, got 0');
  });
});
