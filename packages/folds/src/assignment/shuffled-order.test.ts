import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashTexts } from './hash-texts.ts';
import { orderBy } from './order-by.ts';
import { shuffledOrder } from './shuffled-order.ts';

describe('shuffledOrder', () => {
  it.each([100, 12_000])('sorts %d ids by their hashes', (rows) => {
    const ids = Array.from({ length: rows }, (_, i) => `${i}é`);
    const hashes = hashTexts(ids, 3);
    const expected = ids.map((_, row) => row).sort((a, b) => hashes[a]! - hashes[b]!);
    expect(new Set(hashes).size).toBe(rows);
    expect([...shuffledOrder(ids, 3)]).toEqual(expected);
  });

  it('sorts ids of equal hashes by character code', () => {
    const [one, other] = ['79076', '98453']; // The first two whole numbers with the same hash.
    expect(hashTexts([one], 0)).toEqual(hashTexts([other], 0));
    expect([...shuffledOrder([one, other], 0)]).toEqual([0, 1]);
    expect([...shuffledOrder([other, one], 0)]).toEqual([1, 0]);
  });
});

const numbers: Record<string, fc.Arbitrary<number>> = {
  doubles: fc.double({ noNaN: true, noDefaultInfinity: true }),
  'small whole numbers': fc.integer({ min: -300, max: 300 }),
  milliseconds: fc.integer({ min: -8.64e15, max: 8.64e15 }),
  'equal numbers': fc.constant(5),
};

describe('orderBy', () => {
  it.each(
    Object.entries(numbers).flatMap(([name, number]) => [50, 5000].map((rows) => ({ name, number, rows }))),
  )('sorts $rows $name as a stable sort does', ({ number, rows }) => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 20, maxLength: 20 }), (few) => {
        const values = Float64Array.from({ length: rows }, (_, i) => few[(i * 7) % 20]!);
        const order = Int32Array.from(values, (_, i) => (i * 7919) % rows);
        const expected = [...order].sort((a, b) =>
          values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : 0,
        );
        expect([...orderBy(order, values)]).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });
});
