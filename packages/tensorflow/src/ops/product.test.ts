import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { fastestPrecision } from '../engine/fastest-precision.ts';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { withPrecision } from '../precision/precision.ts';
import { product } from './product.ts';

// 1 + 1/256 needs 9 bits of significand: bf16 rounds it to 1 (to even); 1 + 1/128 has 8 and stays.
const a = () => tf.tensor2d([[1 + 1 / 256, 2], [1 + 1 / 128, -1]]); // prettier-ignore
const b = () => tf.tensor2d([[5, 0], [0, 5]]); // prettier-ignore

describe('product', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
  });

  const inBf16 = (x: tf.Tensor2D, y: tf.Tensor2D, transposeB = false) =>
    withPrecision('bf16', () => product(x, y, transposeB));

  it('rounds the factors to bf16, and leaves fp32 alone', () => {
    tf.tidy(() => {
      expect(product(a(), b()).arraySync()).toEqual([[5 + 5 / 256, 10], [5 + 5 / 128, -5]]); // prettier-ignore
      // 5 + 5/128 = 5.0390625 is rounded to the nearest that is a multiple of 1/32.
      expect(inBf16(a(), b()).arraySync()).toEqual([[5, 10], [5.03125, -5]]); // prettier-ignore
      expect(compile(inBf16)(a(), b()).arraySync()).toEqual([[5, 10], [5.03125, -5]]); // prettier-ignore
    });
  });

  it.each([false, true])('has the gradients of a product, transposed %s', (transposeB) => {
    tf.tidy(() => {
      const [x, y, dy] = [a(), b(), tf.tensor2d([[1, -2], [0.5, 4]])]; // prettier-ignore
      const of = (product: (x: tf.Tensor2D, y: tf.Tensor2D) => tf.Tensor) =>
        tf
          .grads(product as never)([x, y], dy)
          .map((gradient) => gradient.arraySync() as number[][]);
      const rounded = of((x, y) => inBf16(x, y, transposeB));
      const exact = of((x, y) => tf.matMul(x, y, false, transposeB));
      rounded.flat(2).forEach((value, i) => expect(value).toBeCloseTo(exact.flat(2)[i]!, 1));
    });
  });

  // Tiles are of 8 by 48, units of at most 48 rows, blocks of the sum of 640 numbers or pairs: whole ones, parts, one
  // row or column, an odd number of terms, none.
  describe.each(['fp32', 'bf16'] as const)('in %s', (precision) => {
    it.for([
      [1, 2, 1],
      [5, 6, 3],
      [8, 64, 48],
      [49, 130, 65],
      [200, 34, 130],
      [7, 9, 11],
      [16, 640, 96],
      [17, 1300, 1],
      [1, 2600, 49],
      [100, 1536, 200],
      [3, 0, 2],
    ] as [number, number, number][])(
      'sums exactly what was rounded: [%i, %i] by [%i]',
      ([m, k, n], { skip }) => {
        // Elsewhere Eigen multiplies, which keeps partial sums in bf16; no run takes bf16 there.
        skip(precision === 'bf16' && fastestPrecision() !== 'bf16', 'needs a processor that multiplies bf16');
        // Whole numbers up to 8 are exact in bf16, and so are their sums in float32; the sum is rounded once.
        const whole = (shape: [number, number], seed: number) =>
          tf.tensor2d(
            Array.from({ length: shape[0] * shape[1] }, (_, i) => ((i * 37 + seed) % 17) - 8),
            shape,
          );
        tf.tidy(() => {
          const [x, y, dy] = [whole([m, k], 1), whole([k, n], 5), whole([m, n], 9)];
          const rounded = (x: tf.Tensor) =>
            Array.from(x.dataSync(), precision === 'bf16' ? nearestBf16 : (value) => value);
          const forms = compile((x: tf.Tensor2D, y: tf.Tensor2D, dy: tf.Tensor2D) =>
            withPrecision(precision, () => [
              product(x, y),
              product(dy, y, true),
              tf.matMul(x, dy, true),
              tf.matMul(x, y.transpose(), false, true),
            ]),
          );
          const [plain, right, left, turned] = forms(x, y, dy).map((result) => Array.from(result.dataSync()));
          expect(plain).toEqual(rounded(x.matMul(y)));
          expect(right).toEqual(rounded(dy.matMul(y, false, true)));
          expect(left).toEqual(rounded(x.matMul(dy, true)));
          expect(turned).toEqual(plain);
          forms.dispose();
        });
      },
    );
  });

  it('leaves its kernels out where XLA compiles', () => {
    tf.tidy(() => {
      const inXla = compile((x: tf.Tensor2D, y: tf.Tensor2D) => product(x, y), { xla: true });
      expect(inXla(a(), b()).arraySync()).toEqual(product(a(), b()).arraySync());
      inXla.dispose();
    });
  });

  it('lets NaN and infinities through to where they belong', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[NaN, 0], [1, Infinity], [1, 2]]); // prettier-ignore
      const y = tf.tensor2d([[1, 2], [3, 4]]); // prettier-ignore
      const rows = compile(inBf16)(x, y).arraySync() as number[][];
      expect(rows).toEqual([[NaN, NaN], [Infinity, Infinity], [7, 10]]); // prettier-ignore
    });
  });

  it('takes batches of matrices', () => {
    tf.tidy(() => {
      const x = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
      expect(withPrecision('bf16', () => product(x, x, true)).arraySync()).toEqual([
        [[5, 11], [11, 25]], // prettier-ignore
        [[61, 83], [83, 113]], // prettier-ignore
      ]);
    });
  });
});

/** The nearest number of 8 bits of significand, ties to even. */
function nearestBf16(x: number): number {
  if (x === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 7);
  const steps = x / unit;
  const low = Math.floor(steps);
  const up = steps - low > 0.5 || (steps - low === 0.5 && low % 2 !== 0);
  return (up ? low + 1 : low) * unit;
}
