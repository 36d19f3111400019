import { describe, it } from 'vitest';
import { tf } from '../tf.ts';
import { selfAttention } from './self-attention.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';

const { qkv, y, dy, dqkv, mask, heads } = readFixture('self_attention') as {
  qkv: number[][][];
  y: number[][][];
  dy: number[][][];
  dqkv: number[][][];
  mask: number[][];
  heads: number;
};

describe('selfAttention', () => {
  everyWay((evaluate) => {
    it("gives PyTorch's values and gradients for sequences of several lengths", () => {
      const both = (qkv: tf.Tensor, mask: tf.Tensor, dy: tf.Tensor) => {
        const bias = tf.sub(1, mask).mul<tf.Tensor2D>(-1e9);
        const attend = (qkv: tf.Tensor) => selfAttention(qkv as tf.Tensor3D, bias, { heads });
        return [attend(qkv), tf.grad(attend)(qkv, dy)];
      };
      const [value, gradient] = evaluate(both, tf.tensor(qkv), tf.tensor(mask), tf.tensor(dy));
      expectClose(value!, y);
      expectClose(gradient!, dqkv);
    });
  });
});
