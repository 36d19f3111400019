import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { dense } from './dense.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';

const { x, kernel, bias, y, dy, dx, dkernel, dbias } = readFixture('dense') as {
  x: number[][][];
  kernel: number[][];
  bias: number[];
  y: number[][][];
  dy: number[][][];
  dx: number[][][];
  dkernel: number[][];
  dbias: number[];
};

describe('dense', () => {
  everyWay((evaluate) => {
    it("gives PyTorch's values and gradients", () => {
      const map = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) =>
        dense(x, kernel as tf.Tensor2D, bias as tf.Tensor1D);
      const all = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor, dy: tf.Tensor) => [
        map(x, kernel, bias),
        ...tf.grads(map)([x, kernel, bias], dy),
      ];
      const inputs = [tf.tensor(x), tf.tensor(kernel), tf.tensor(bias), tf.tensor(dy)];
      const [value, forX, forKernel, forBias] = evaluate(all, ...inputs);
      expectClose(value!, y);
      expectClose(forX!, dx);
      expectClose(forKernel!, dkernel);
      expectClose(forBias!, dbias);
    });

    it('leaves an absent bias out', () => {
      const product = (x: tf.Tensor, kernel: tf.Tensor) => [dense(x, kernel as tf.Tensor2D)];
      const [value] = evaluate(product, tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]]));
      expect(value).toEqual([11]);
    });
  });
});
