/** Tests of products whose sums have no rounding error: the engine is to be started. */
import { expect, it } from 'vitest';
import { compile } from '../../compile/compile.ts';
import { withPrecision } from '../../scope/scope.ts';
import { tf } from '../../tf.ts';
import { product } from '../product.ts';

/**
 * [m, k] by [k, n]. The kernels' tiles are of 8 by 48 (6 by 16 without AVX-512), their units of 64 (60) rows, the blocks of
 * their sums of at most 1,536 numbers or pairs: whole ones, parts, one row or column, an odd number of terms, none.
 */
const shapes: [number, number, number][] = [
  [1, 2, 1],
  [5, 6, 3],
  [8, 64, 48],
  [49, 130, 65],
  [200, 34, 130],
  [7, 9, 11],
  [64, 1536, 96],
  [17, 1300, 1],
  [1, 7000, 49],
  [130, 3300, 200],
  [3300, 60, 52],
  [3300, 40, 110],
  [3, 0, 2],
];

/** Compiled products in all forms are what plain fp32 products are, in bf16 rounded once. */
export function exactProducts(precision: 'fp32' | 'bf16'): void {
  it.for(shapes)('sums exactly what was rounded: [%i, %i] by [%i]', ([m, k, n]) => {
    tf.tidy(() => {
      const [x, y, dy] = [wholeNumbers([m, k], 1), wholeNumbers([k, n], 5), wholeNumbers([m, n], 9)];
      const rounded = (x: tf.Tensor) =>
        Array.from(x.dataSync(), precision === 'bf16' ? nearestBf16 : (value) => value);
      const forms = compile((x: tf.Tensor2D, y: tf.Tensor2D, dy: tf.Tensor2D) =>
        withPrecision(precision, () => [
          product(x, y),
          product(dy, y, false, true),
          tf.matMul(x, dy, true),
          tf.matMul(x, y.transpose(), false, true),
        ]),
      );
      const [plain, right, left, turned] = forms(x, y, dy).map((result) => Array.from(result.dataSync()));
      expectSame(plain!, rounded(x.matMul(y)));
      expectSame(right!, rounded(dy.matMul(y, false, true)));
      expectSame(left!, rounded(x.matMul(dy, true)));
      expectSame(turned!, plain!);
      forms.dispose();
    });
  });
}

/** By the first number that differs: vitest takes minutes to tell thousands of them. */
function expectSame(actual: readonly number[], expected: readonly number[]): void {
  const at = Math.max(
    expected.findIndex((value, i) => value !== actual[i]),
    0,
  );
  expect([actual.length, at, actual[at]]).toEqual([expected.length, at, expected[at]]);
}

/** Up to 8, so that they are exact in bf16, and their sums in float32. */
function wholeNumbers(shape: [number, number], seed: number): tf.Tensor2D {
  return tf.tensor2d(
    Array.from({ length: shape[0] * shape[1] }, (_, i) => ((i * 37 + seed) % 17) - 8),
    shape,
  );
}

/** The nearest number of 8 bits of significand, ties to even. */
function nearestBf16(x: number): number {
  if (x === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 7);
  const steps = x / unit;
  const low = Math.floor(steps);
  const up = steps - low > 0.5 || (steps - low === 0.5 && low % 2 !== 0);
  return (up ? low + 1 : low) * unit;
}
