import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { startEngine } from '../engine/start-engine.ts';
import { hasProducts } from '../kernels/has-kernels.ts';
import { withPrecision } from '../scope/scope.ts';
import { tf } from '../tf.ts';
import { denseGelu } from './dense-gelu.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { geluCases } from './testing/gelu-cases.ts';
import { wave } from './testing/wave.ts';
import { trainWith } from '../scope/scope.ts';

const shift = 0.5;

describe('denseGelu', () => {
  everyWay((evaluate) => {
    it.each(geluCases)("gives PyTorch's values and gradients %s", (_, approximate, { x, y, dy, dx }) => {
      // What is shifted away comes back with the bias, so that the GELU sees the fixture's x.
      const shifted = tf.tensor3d(x.map((value) => [[value - shift, 0]]));
      const kernel = tf.tensor2d([[1], [0]]);
      const apply = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) =>
        denseGelu(x, kernel as tf.Tensor2D, bias as tf.Tensor1D, approximate);
      const [value, dinput, dkernel, dbias] = evaluate(
        (x, kernel, bias, dy) => [apply(x, kernel, bias), ...tf.grads(apply)([x, kernel, bias], dy)],
        shifted,
        kernel,
        tf.tensor1d([shift]),
        tf.tensor3d(dy.map((value) => [[value]])),
      );
      expectClose(value!, y, 2e-6); // x itself is off by a unit of fp32 after the shift
      expectClose(dinput!.filter((_, i) => i % 2 === 0), dx, 1e-5); // prettier-ignore
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      expectClose(dkernel!, [sum(dx.map((value, i) => value * (x[i]! - shift))), 0], 1e-4);
      expectClose(dbias!, [sum(dx)], 1e-4);
    });
  });
});

describe('denseGelu in compiled functions', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
    await tf.setBackend('tensorflow');
  });

  const inputs = () => [wave([70, 40], 1), wave([40, 100], 2), wave([100], 3)] as const;
  const apply = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) =>
    denseGelu(x, kernel as tf.Tensor2D, bias as tf.Tensor1D);

  it('is one operation where there are products of our own, but not in training', () => {
    const operations = (fn: typeof apply) => {
      const compiled = compile(fn);
      const { operations } = compiled.profile(...inputs());
      compiled.dispose();
      return operations.map(({ operation }) => operation);
    };
    const training = (...args: Parameters<typeof apply>) =>
      trainWith(tf.tensor1d([1, 2], 'int32'), () => apply(...args));
    const [own, other] = hasProducts('fp32')
      ? ['FoldwiseProductGelu', 'FoldwiseBiasGelu']
      : ['FoldwiseBiasGelu', 'FoldwiseProductGelu'];
    expect(operations(apply)).toContain(own);
    expect(operations(apply)).not.toContain(other);
    expect(operations(training)).toContain('FoldwiseBiasGelu');
  });

  it('rounds its factors in bf16, and not the bias', () => {
    const rounded = compile((...args: Parameters<typeof apply>) =>
      withPrecision('bf16', () => apply(...args)).add(0),
    );
    const [x, kernel, bias] = inputs();
    const exact = apply(x, kernel, bias).dataSync();
    // Sums of 40 products of factors below 1, each rounded to 2^-9 of itself, and the result once more.
    rounded(x, kernel, bias)
      .dataSync()
      .forEach((value, i) =>
        expect(Math.abs(value - exact[i]!)).toBeLessThan(0.03 + Math.abs(exact[i]!) / 128),
      );
    // gelu(1 + 2^-8) is 0.84558 by Python's math.erf, 0.84375 in bf16; of a bias in bf16, which is 1, it would be 0.83984.
    const biased = rounded(tf.zeros([2, 40]), kernel, tf.fill([100], 1 + 2 ** -8));
    expect(new Set(biased.dataSync())).toEqual(new Set([0.84375]));
    rounded.dispose();
  });
});
