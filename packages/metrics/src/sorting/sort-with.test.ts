import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortWith } from './sort-with.ts';

const byComparison = (values: Float64Array): number[] =>
  Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);

describe('sortWith', () => {
  it.each([
    ['few', 50],
    ['many', 1000],
  ])('sorts %s numbers of any size and sign as comparisons do, equal ones as they came', (_, length) => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, -0, 1, -1, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
    );
    const array = fc.array(number, { minLength: length, maxLength: length });
    fc.assert(
      fc.property(array, (numbers) => {
        const values = Float64Array.from(numbers);
        const sorted = sortWith(values, Uint32Array.from(values.keys()));
        const order = byComparison(values);
        expect([...sorted.payload]).toEqual(order);
        expect(Array.from(sorted.values, (value) => value + 0)).toEqual(order.map((row) => values[row]! + 0));
      }),
      { numRuns: 20 },
    );
  });

  it('leaves its arguments as they were', () => {
    for (const length of [3, 300]) {
      const values = Float64Array.from({ length }, (_, i) => Math.sin(i));
      const rows = Uint32Array.from(values.keys());
      const [valuesBefore, rowsBefore] = [values.slice(), rows.slice()];
      sortWith(values, rows);
      expect([values, rows]).toEqual([valuesBefore, rowsBefore]);
    }
  });
});
