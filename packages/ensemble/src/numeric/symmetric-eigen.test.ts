import fc from 'fast-check';
import { expect, it } from 'vitest';
import { symmetricEigen } from './symmetric-eigen.ts';

it('of [[2, 1], [1, 2]]: 1 along (1, -1) and 3 along (1, 1)', () => {
  const { values, vectors } = symmetricEigen([Float64Array.of(2, 1), Float64Array.of(1, 2)]);
  const order = values[0]! < values[1]! ? [0, 1] : [1, 0];
  expect(order.map((k) => values[k])).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
  expect(vectors[0]![order[0]!]! / vectors[1]![order[0]!]!).toBeCloseTo(-1, 14);
  expect(vectors[0]![order[1]!]! / vectors[1]![order[1]!]!).toBeCloseTo(1, 14);
});

it('puts any symmetric matrix together again', () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(fc.array(number, { minLength: 15, maxLength: 15 }), (lower) => {
      const at = (i: number, j: number): number => {
        const [high, low] = i > j ? [i, j] : [j, i];
        return lower[(high * (high + 1)) / 2 + low]!;
      };
      const matrix = Array.from({ length: 5 }, (_, i) =>
        Float64Array.from({ length: 5 }, (_, j) => at(i, j)),
      );
      const { values, vectors } = symmetricEigen(matrix);
      for (let i = 0; i < 5; i++)
        for (let j = 0; j < 5; j++) {
          const product = values.reduce(
            (sum, value, k) => sum + value * vectors[i]![k]! * vectors[j]![k]!,
            0,
          );
          expect(product).toBeCloseTo(matrix[i]![j]!, 10);
        }
    }),
  );
});
