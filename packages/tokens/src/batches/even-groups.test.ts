import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenGroups } from './even-groups.ts';

describe('evenGroups', () => {
  it('gives the longest of each turn to the batch with the fewest tokens', () => {
    // Turns of three: 10 8 7, then 5 to 7, 4 to 8 and 3 to 10, then 2 to one of the two with 12.
    const groups = evenGroups({ lengths: [2, 3, 4, 5, 7, 8, 10], size: 3 });
    expect(groups).toEqual([Int32Array.of(6, 1), Int32Array.of(5, 2), Int32Array.of(4, 3, 0)]);
  });

  it('takes every encoding once, by the fewest batches, of sizes that differ by one at most', () => {
    const anyLengths = fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 500 });
    const anyShuffle = fc.option(fc.record({ seed: fc.nat(), epoch: fc.nat(9) }), { nil: undefined });
    fc.assert(
      fc.property(anyLengths, fc.integer({ min: 1, max: 9 }), anyShuffle, (lengths, size, shuffle) => {
        const groups = evenGroups({ lengths, size, shuffle });
        expect(groups.flatMap((rows) => [...rows]).sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
        expect(groups.length).toBe(Math.ceil(lengths.length / size));
        const sizes = groups.map((rows) => rows.length);
        if (groups.length > 0) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        // Within a turn the longer go where there are fewer tokens, so the difference never exceeds the longest row.
        const tokens = groups.map((rows) => rows.reduce((sum, row) => sum + lengths[row]!, 0));
        if (groups.length > 0)
          expect(Math.max(...tokens) - Math.min(...tokens)).toBeLessThanOrEqual(Math.max(...lengths));
      }),
    );
  });

  const lengths = Array.from({ length: 1000 }, (_, i) => 1 + ((i * 37) % 64));
  const shuffled = (seed: number, epoch: number) =>
    evenGroups({ lengths, size: 4, shuffle: { seed, epoch } });

  it('repeats itself for a seed and epoch, and differs for others', () => {
    expect(shuffled(1, 0)).toEqual(shuffled(1, 0));
    const orders = [shuffled(1, 0), shuffled(1, 1), shuffled(2, 0), shuffled(0, 1)].map((groups) =>
      groups.map((rows) => rows.join()).join(' '),
    );
    expect(new Set(orders).size).toBe(4);
  });

  it('lets other texts meet in each epoch', () => {
    const companions = (epoch: number) => {
      const met = new Map<number, Set<number>>();
      for (const rows of shuffled(1, epoch)) for (const row of rows) met.set(row, new Set(rows));
      return met;
    };
    const [first, second] = [companions(0), companions(1)];
    const again = lengths.flatMap((_, row) =>
      [...first.get(row)!].filter((other) => other !== row && second.get(row)!.has(other)),
    );
    // Of 3000, where each of some 16 texts of the right length may come instead.
    expect(again.length).toBeLessThan(600);
  });

  it('makes batches of nearly the same number of tokens', () => {
    const tokens = shuffled(3, 0).map((rows) => rows.reduce((sum, row) => sum + lengths[row]!, 0));
    expect(Math.max(...tokens) / (tokens.reduce((sum, n) => sum + n, 0) / tokens.length)).toBeLessThan(1.05);
  });

  it('refuses batches of nothing', () => {
    expect(() => evenGroups({ lengths: [9], size: 0 })).toThrow('size must be 1 or more, got 0');
  });
});
