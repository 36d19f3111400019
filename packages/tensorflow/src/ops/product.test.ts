import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { cpuFeatures } from '../engine/cpu-features.ts';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { withPrecision } from '../scope/scope.ts';
import { product } from './product.ts';
import { exactProducts } from './testing/exact-products.ts';

// 1 + 1/256 needs 9 bits of significand: bf16 rounds it to 1 (to even); 1 + 1/128 has 8 and stays.
const a = () => tf.tensor2d([[1 + 1 / 256, 2], [1 + 1 / 128, -1]]); // prettier-ignore
const b = () => tf.tensor2d([[5, 0], [0, 5]]); // prettier-ignore

describe('product', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
  });

  const inBf16 = (x: tf.Tensor2D, y: tf.Tensor2D, transposeB = false) =>
    withPrecision('bf16', () => product(x, y, false, transposeB));

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

  describe('in fp32', () => exactProducts('fp32'));
  // Elsewhere Eigen multiplies, which keeps partial sums in bf16; no run takes bf16 there.
  describe.skipIf(!cpuFeatures()?.some((feature) => /bf16/.test(feature)))('in bf16', () =>
    exactProducts('bf16'),
  );

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
      const rows = compile(inBf16)(x, y).arraySync();
      expect(rows).toEqual([[NaN, NaN], [Infinity, Infinity], [7, 10]]); // prettier-ignore
    });
  });

  it('takes batches of matrices', () => {
    tf.tidy(() => {
      const x = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
      expect(withPrecision('bf16', () => product(x, x, false, true)).arraySync()).toEqual([
        [[5, 11], [11, 25]], // prettier-ignore
        [[61, 83], [83, 113]], // prettier-ignore
      ]);
    });
  });
});
