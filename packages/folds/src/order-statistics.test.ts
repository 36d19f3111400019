import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderStatistics } from './order-statistics.ts';

const numbers: [string, fc.Arbitrary<number>][] = [
  ['doubles', fc.double({ noNaN: true, noDefaultInfinity: true })],
  ['few whole numbers', fc.integer({ min: -5, max: 5 })],
  ['milliseconds', fc.integer({ min: 1.7e12, max: 1.8e12 })],
];

it.each(numbers)('finds %s as sorting does', (_, number) => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), number, (values, other) => {
      const { at, countBelow, passed } = orderStatistics(Float64Array.from(values), [0, values.length >> 1]);
      const sorted = [...values].sort((a, b) => a - b);
      expect(sorted.map((_, place) => at(place) + 0)).toEqual(sorted.map((value) => value + 0));
      for (const value of [...values, other, -Infinity, Infinity])
        expect(countBelow(value)).toBe(values.filter((one) => one < value).length);
      const cuts = Float64Array.of(-Infinity, ...sorted.slice(-3), other, Infinity).sort();
      expect([...passed(cuts)]).toEqual(values.map((value) => cuts.filter((cut) => cut <= value).length));
    }),
  );
});
