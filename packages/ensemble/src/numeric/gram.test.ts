import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gram } from './gram.ts';

it('of (1, 2) and (3, -1), and from (1, 1) on', () => {
  const vectors = [Float64Array.of(1, 2), Float64Array.of(3, -1)];
  expect(gram(vectors)).toEqual([Float64Array.of(5, 1), Float64Array.of(1, 10)]);
  expect(gram(vectors, Float64Array.of(1, 1))).toEqual([Float64Array.of(1, -2), Float64Array.of(-2, 8)]);
});

it('of whole numbers, exactly, in any number and of any length', () => {
  const size = fc.tuple(fc.integer({ min: 1, max: 11 }), fc.constantFrom(0, 1, 2, 511, 512, 513, 1300));
  fc.assert(
    fc.property(size, fc.boolean(), ([n, length], moved) => {
      const vectors = Array.from({ length: n }, (_, v) =>
        Float64Array.from({ length }, (_, i) => ((i * 7 + v * 13 + i * v) % 19) - 9),
      );
      const origin = Float64Array.from({ length }, (_, i) => i % 5);
      const shift = (v: Float64Array, i: number): number => v[i]! - (moved ? origin[i]! : 0);
      const expected = vectors.map((a) =>
        Float64Array.from(vectors, (b) => a.reduce((sum, _, i) => sum + shift(a, i) * shift(b, i), 0)),
      );
      expect(gram(vectors, moved ? origin : undefined)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});
