import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paddedLengths } from './padded-lengths.ts';

const padded = (lengths: readonly number[], chosen: readonly number[]) =>
  lengths.reduce((sum, length) => sum + (chosen.find((to) => to >= length) ?? Infinity), 0);

/** Every choice of some of the lengths, one by one. */
function choices(lengths: readonly number[]): number[][] {
  const distinct = [...new Set(lengths)].sort((a, b) => a - b);
  return Array.from({ length: 2 ** distinct.length - 1 }, (_, i) =>
    distinct.filter((_, bit) => (i + 1) & (1 << bit)),
  );
}

describe('paddedLengths of which there are few', () => {
  it('keeps every length apart where there are enough', () => {
    expect(paddedLengths([9, 5, 9, 7], { most: 4 })).toEqual([5, 7, 9]);
  });

  it('joins the lengths whose padding costs least', () => {
    // 10 joins 11 for one token; 30 stays apart.
    expect(paddedLengths([10, 11, 11, 30], { most: 2 })).toEqual([11, 30]);
    expect(paddedLengths([10, 11, 11, 30], { most: 1 })).toEqual([30]);
  });

  it('pads as little as any choice', () => {
    const anyLengths = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(anyLengths, fc.integer({ min: 1, max: 8 }), (lengths, most) => {
        const chosen = paddedLengths(lengths, { most });
        expect(chosen.length).toBeLessThanOrEqual(most);
        const all = choices(lengths).filter((choice) => choice.length <= most);
        expect(padded(lengths, chosen)).toBe(Math.min(...all.map((choice) => padded(lengths, choice))));
      }),
    );
  });

  it('refuses to choose none', () => {
    expect(() => paddedLengths([3], { most: 0 })).toThrow('most must be 1 or more, got 0');
  });
});

describe('paddedLengths of which each has its price', () => {
  it('adds a length where it saves more padding than it costs', () => {
    const lengths = [3, 10, 3, 3]; // One length: 4 × 10 = 40 tokens; two: 3 × 3 + 10 = 19.
    expect(paddedLengths(lengths, { known: [], price: 20 })).toEqual([3, 10]);
    expect(paddedLengths(lengths, { known: [], price: 22 })).toEqual([10]);
  });

  it('takes what is known for nothing, and only then', () => {
    const known = [4, 12];
    // 4 and 12: 4 + 12 = 16; 4 and a new 10: 4 + 10 + price; new 3 and 10: 13 + 2 prices.
    expect(paddedLengths([3, 10], { known, price: 3 })).toEqual([4, 12]);
    expect(paddedLengths([3, 10], { known, price: 1.5 })).toEqual([4, 10]);
    expect(paddedLengths([3, 10], { known, price: 0.5 })).toEqual([3, 10]);
    expect(paddedLengths([13], { known, price: 100 })).toEqual([13]);
    expect(paddedLengths([2], { known, price: 100 })).toEqual([4]);
  });

  it('costs no more than any other choice', () => {
    const lengths = Array.from({ length: 30 }, (_, i) => 2 + ((i * i * 7) % 11));
    const known = [4, 9, 14];
    const price = 11;
    const cost = (chosen: readonly number[]) =>
      padded(lengths, chosen) + price * chosen.filter((length) => !known.includes(length)).length;
    const least = Math.min(...choices([...lengths, ...known]).map(cost));
    expect(Math.max(...lengths)).toBe(12);
    expect(cost(paddedLengths(lengths, { known, price }))).toBe(least);
  });
});

it('paddedLengths are none for none', () => {
  expect(paddedLengths([], { most: 3 })).toEqual([]);
  expect(paddedLengths([], { known: [], price: 5 })).toEqual([]);
});
