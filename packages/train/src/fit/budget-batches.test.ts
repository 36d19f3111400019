import { describe, expect, it } from 'vitest';
import { budgetBatches } from './budget-batches.ts';

describe('budgetBatches', () => {
  it('cuts sorted texts at the budget, the longest first, and fills up with longer ones', () => {
    // Sorted: rows 0 6 3 | 2 4 | 5 1, of 2 2 3 | 4 4 | 8 9 tokens. 16 tokens are 4 texts of 4, or 1 of 9.
    const lengths = [2, 9, 4, 3, 4, 8, 2];
    const batch = (rows: number[], size: number, length: number) => ({
      rows: Int32Array.from(rows),
      size,
      length,
    });
    expect(budgetBatches({ lengths, padTo: [4, 9], tokens: 16 })).toEqual([
      batch([1], 1, 9),
      batch([5], 1, 9),
      batch([4], 1, 9), // Not full with texts of 4, so it takes longer ones; of these, one is all that fits.
      batch([0, 6, 3, 2], 4, 4),
    ]);
    // 27 tokens are 6 texts of 4, but only 5 are there; or 3 of 9.
    expect(budgetBatches({ lengths, padTo: [4, 9], tokens: 27 })).toEqual([
      batch([1], 1, 9),
      batch([2, 4, 5], 3, 9),
      batch([0, 6, 3], 3, 9),
    ]);
  });

  it('gives the batch that is left a power of two of rows', () => {
    const sizes = (texts: number) =>
      budgetBatches({ lengths: Array<number>(texts).fill(5), padTo: [5], tokens: 60 }).map(
        ({ size }) => size,
      );
    expect(sizes(11)).toEqual([12]); // 16 would be more than the budget.
    expect(sizes(15)).toEqual([4, 12]);
    expect(sizes(13)).toEqual([1, 12]);
  });

  it('takes a text that is longer than the budget alone', () => {
    expect(budgetBatches({ lengths: [50, 50], padTo: [50], tokens: 10 }).map(({ size }) => size)).toEqual([
      1, 1,
    ]);
  });

  it('refuses a text that is longer than any length to pad to', () => {
    expect(() => budgetBatches({ lengths: [3, 8], padTo: [4, 7], tokens: 64 })).toThrow(
      'A text of 8 tokens is longer than 7, the longest to pad to',
    );
  });

  it('makes no batch of no texts', () => {
    expect(budgetBatches({ lengths: [], padTo: [], tokens: 64 })).toEqual([]);
  });
});
