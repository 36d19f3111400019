import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderRoughly } from './order-roughly.ts';

const numbers: [string, fc.Arbitrary<number>][] = [
  ['doubles', fc.double({ noNaN: true, noDefaultInfinity: true })],
  ['few whole numbers', fc.integer({ min: -5, max: 5 })],
  ['milliseconds', fc.integer({ min: 1.7e12, max: 1.8e12 })],
];

it.each(numbers)('orders %s as sorting does', (_, number) => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), number, (values, other) => {
      const { rows, at, countBelow } = orderRoughly(Float64Array.from(values));
      const sorted = [...values].sort((a, b) => a - b);
      for (const value of [...values, other, -Infinity, Infinity]) {
        const place = countBelow(value);
        const lower = [...values.keys()].filter((row) => values[row]! < value);
        expect([...rows.subarray(0, place)].sort((a, b) => a - b)).toEqual(lower);
      }
      expect(sorted.map((_, place) => at(place) + 0)).toEqual(sorted.map((value) => value + 0));
      expect([...rows].sort((a, b) => a - b)).toEqual([...values.keys()]);
    }),
  );
});

it('orders numbers that its sample does not see', () => {
  const values = Float64Array.from({ length: 10_000 }, (_, row) =>
    row % 3 === 0 ? 7 : (row * 7919) % 10_007,
  );
  const { at, countBelow } = orderRoughly(values);
  const sorted = values.slice().sort();
  for (const place of [0, 1, 5000, 9998, 9999]) expect(at(place)).toBe(sorted[place]);
  expect(countBelow(7)).toBe(sorted.indexOf(7));
});
