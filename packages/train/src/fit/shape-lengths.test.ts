import { describe, expect, it } from 'vitest';
import { shapeLengths } from './shape-lengths.ts';

const none: ReadonlySet<number> = new Set();

describe('shapeLengths', () => {
  it('adds a length where it saves more padding than it costs', () => {
    const lengths = [3, 10, 3, 3]; // One length: 4 × 10 = 40 tokens; two: 3 × 3 + 10 = 19.
    expect(shapeLengths({ lengths, compiled: none, price: 20 })).toEqual([3, 10]);
    expect(shapeLengths({ lengths, compiled: none, price: 22 })).toEqual([10]);
  });

  it('takes what is compiled for nothing, and only then', () => {
    const compiled = new Set([4, 12]);
    // 4 and 12: 4 + 12 = 16; 4 and a new 10: 4 + 10 + price; new 3 and 10: 13 + 2 prices.
    expect(shapeLengths({ lengths: [3, 10], compiled, price: 3 })).toEqual([4, 12]);
    expect(shapeLengths({ lengths: [3, 10], compiled, price: 1.5 })).toEqual([4, 10]);
    expect(shapeLengths({ lengths: [3, 10], compiled, price: 0.5 })).toEqual([3, 10]);
    expect(shapeLengths({ lengths: [13], compiled, price: 100 })).toEqual([13]);
    expect(shapeLengths({ lengths: [2], compiled, price: 100 })).toEqual([4]);
  });

  it('costs no more than any other choice', () => {
    const lengths = Array.from({ length: 30 }, (_, i) => 2 + ((i * i * 7) % 11));
    const compiled = new Set([4, 9, 14]);
    const price = 11;
    const cost = (chosen: readonly number[]) =>
      lengths.reduce((sum, length) => sum + chosen.find((to) => to >= length)!, 0) +
      price * chosen.filter((length) => !compiled.has(length)).length;
    const candidates = [...new Set([...lengths, ...compiled])].sort((a, b) => a - b);
    let least = Infinity;
    for (let choice = 1; choice < 2 ** candidates.length; choice++) {
      const chosen = candidates.filter((_, i) => choice & (1 << i));
      if (chosen.at(-1)! >= 12) least = Math.min(least, cost(chosen));
    }
    expect(Math.max(...lengths)).toBe(12);
    expect(cost(shapeLengths({ lengths, compiled, price }))).toBe(least);
  });

  it('needs none for no texts', () => {
    expect(shapeLengths({ lengths: [], compiled: none, price: 5 })).toEqual([]);
  });
});
