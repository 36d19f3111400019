import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { startEngine } from '../engine/start-engine.ts';
import { hasKernels } from '../kernels/has-kernels.ts';
import { tf } from '../tf.ts';
import { layerNorm } from './layer-norm.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';
import { trainWith } from '../scope/scope.ts';

const { x, gamma, beta, y, dy, dx, dgamma, dbeta } = readFixture('layer_norm') as {
  x: number[][][];
  gamma: number[];
  beta: number[];
  y: number[][][];
  dy: number[][][];
  dx: number[][][];
  dgamma: number[];
  dbeta: number[];
};

describe('layerNorm', () => {
  everyWay((evaluate) => {
    it("gives PyTorch's values, and gradients of all three inputs", () => {
      const norm = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
        layerNorm(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-5);
      const all = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, dy: tf.Tensor) => [
        norm(x, gamma, beta),
        ...tf.grads(norm)([x, gamma, beta], dy),
      ];
      const inputs = [tf.tensor(x), tf.tensor(gamma), tf.tensor(beta), tf.tensor(dy)];
      const [value, forX, forGamma, forBeta] = evaluate(all, ...inputs);
      expectClose(value!, y, 1e-5); // one row lies at 20, where fp32 is 2e-6 apart
      expectClose(forX!, dx, 1e-5);
      expectClose(forGamma!, dgamma, 1e-5);
      expectClose(forBeta!, dbeta, 1e-5);
    });
  });
});

describe('layerNorm in compiled functions', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
    await tf.setBackend('tensorflow');
  });

  it('keeps what its gradient needs in training only', () => {
    const apply = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
      layerNorm(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-5);
    const training = (...args: Parameters<typeof apply>) =>
      trainWith(tf.tensor1d([1, 2], 'int32'), () => apply(...args));
    const inputs = [tf.tensor(x), tf.tensor(gamma), tf.tensor(beta)] as const;
    const [only, kept] = [apply, training].map((fn) => {
      const compiled = compile(fn);
      const operations = compiled.profile(...inputs).operations.map(({ operation }) => operation);
      const values = [...compiled(...inputs).dataSync()];
      compiled.dispose();
      return { operations, values };
    });
    expectClose(only!.values, y, 1e-5);
    expectClose(kept!.values, y, 1e-5);
    if (!hasKernels()) return;
    expect(only!.operations).toContain('FoldwiseNormOnly');
    expect(kept!.operations).toContain('FoldwiseNorm');
  });
});
