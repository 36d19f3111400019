import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inversions } from './inversions.ts';

it('counts as looking at all pairs does', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 100 }), (values) => {
      const pairs = values.flatMap((value, i) => values.slice(i + 1).filter((later) => later < value));
      expect(inversions(Int32Array.from(values))).toBe(pairs.length);
    }),
  );
});
