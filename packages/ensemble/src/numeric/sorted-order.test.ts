import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortedOrder } from './sorted-order.ts';

const sorted = (values: Float64Array): number[] =>
  Array.from(sortedOrder(values.length)(values), (row) => values[row]!);
const expected = (values: Float64Array): number[] => [...values].sort((a, b) => a - b);

it('sorts any numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true })), (list) => {
      const values = Float64Array.from(list);
      // 0 and -0 are the same number.
      expect(sorted(values).map((value) => value + 0)).toEqual(expected(values).map((value) => value + 0));
    }),
  );
});

it('sorts numbers that are alike in the upper half of their bits, few and many', () => {
  for (const rows of [10, 500]) {
    const values = Float64Array.from(
      { length: rows },
      (_, row) => 1 + ((row * 7919) % rows) * Number.EPSILON,
    );
    expect(sorted(values)).toEqual(expected(values));
  }
});

it('can be asked again', () => {
  const order = sortedOrder(3);
  expect([...order(Float64Array.of(3, 1, 2))]).toEqual([1, 2, 0]);
  expect([...order(Float64Array.of(-1, 0, -2))]).toEqual([2, 0, 1]);
});
