import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { maskedSoftmax } from './masked-softmax.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';

const { x, y, dy, dx, mask } = readFixture('masked_softmax') as {
  x: number[][][][];
  y: number[][][][];
  dy: number[][][][];
  dx: number[][][][];
  mask: number[][];
};

const bias = () => tf.tidy(() => tf.sub(1, tf.tensor(mask)).mul(-1e9).reshape([2, 1, 1, 5]));

describe('maskedSoftmax', () => {
  everyWay((evaluate) => {
    it("gives PyTorch's values and gradients, and masked places exactly none of either", () => {
      const both = (x: tf.Tensor, bias: tf.Tensor, dy: tf.Tensor) => [
        maskedSoftmax(x, bias),
        tf.grad((x: tf.Tensor) => maskedSoftmax(x, bias))(x, dy),
      ];
      const [value, gradient] = evaluate(both, tf.tensor(x), bias(), tf.tensor(dy));
      expectClose(value!, y);
      expectClose(gradient!, dx);
      const atMasked = (values: number[]) => values.filter((_, i) => i >= 60 && i % 5 >= 2);
      expect(atMasked(value!)).toEqual(new Array(36).fill(0));
      expect(atMasked(gradient!).every((slope) => slope === 0)).toBe(true); // 0 or -0
    });
  });
});
