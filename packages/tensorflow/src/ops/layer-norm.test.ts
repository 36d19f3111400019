import { describe, it } from 'vitest';
import { tf } from '../tf.ts';
import { layerNorm } from './layer-norm.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';

const { x, gamma, beta, y, dy, dx, dgamma, dbeta } = readFixture<{
  x: number[][][];
  gamma: number[];
  beta: number[];
  y: number[][][];
  dy: number[][][];
  dx: number[][][];
  dgamma: number[];
  dbeta: number[];
}>('layer_norm');

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
