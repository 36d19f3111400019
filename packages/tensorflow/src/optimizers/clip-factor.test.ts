import { describe, it } from 'vitest';
import { tf } from '../tf.ts';
import { clipFactor } from './clip-factor.ts';
import { everyWay } from '../ops/testing/every-way.ts';
import { expectClose } from '../ops/testing/expect-close.ts';
import { readFixture } from '../ops/testing/read-fixture.ts';

const { gradients, limits } = readFixture('clip') as {
  gradients: [number[][], number[]];
  limits: { limit: number; norm: number; clipped: [number[][], number[]] }[];
};

describe('clipFactor', () => {
  everyWay((evaluate) => {
    it.each(limits)("clips to $limit from a norm of $norm as PyTorch's clip_grad_norm_", (expected) => {
      const clip = (...gradients: tf.Tensor[]) => {
        const factor = clipFactor(gradients, expected.limit);
        return gradients.map((gradient) => gradient.mul(factor));
      };
      const [matrix, vector] = evaluate(clip, tf.tensor(gradients[0]), tf.tensor(gradients[1]));
      expectClose(matrix!, expected.clipped[0]);
      expectClose(vector!, expected.clipped[1]);
    });
  });
});
