import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { biasGelu, gelu } from './gelu.ts';
import { layerNorm, residualNorm, type Norm } from './layer-norm.ts';
import { selfAttention } from './self-attention.ts';
import { everyWay } from './testing/every-way.ts';
import { wave } from './testing/wave.ts';

const n = 21;
const norm = (): Norm => ({ gamma: tf.ones([n]), beta: tf.zeros([n]), epsilon: 1e-5 });
const bias = () => tf.ones<tf.Rank.R1>([n]);

describe('odd inputs', () => {
  everyWay((evaluate) => {
    /** [3, 21] with a NaN in the middle row. */
    const withNaN = () => {
      const values = Float32Array.from({ length: 3 * n }, (_, i) => (i === n + 2 ? NaN : Math.sin(i)));
      return tf.tensor2d(values, [3, n]);
    };
    const nanIn = (values: number[]) => [0, 1, 2].map((row) => values.slice(row * n, (row + 1) * n).filter(Number.isNaN).length); // prettier-ignore

    it.each<[string, (x: tf.Tensor) => tf.Tensor, number]>([
      ['gelu', (x) => gelu(x), 1],
      ['gelu by tanh', (x) => gelu(x, true), 1],
      ['biasGelu', (x) => biasGelu(x, bias()), 1],
      ['layerNorm', (x) => layerNorm(x, norm().gamma, norm().beta, 1e-5), n],
      ['residualNorm', (x) => residualNorm(x, tf.ones([3, n]), bias(), norm()), n],
      ['residualNorm, in the residual', (x) => residualNorm(tf.ones([3, n]), x, bias(), norm()), n],
    ])('%s gives NaN where NaN comes in, there and back, and nowhere else', (_, operation, count) => {
      const [value, gradient] = evaluate(
        (x, dy) => [operation(x), tf.grad(operation)(x, dy)],
        withNaN(),
        wave([3, n], 1),
      );
      expect(nanIn(value!)).toEqual([0, count, 0]);
      expect(nanIn(gradient!)).toEqual([0, count, 0]);
    });

    it('selfAttention gives NaN for all tokens of a sequence with a NaN, and for no other sequence', () => {
      const values = Float32Array.from({ length: 2 * 17 * 12 }, (_, i) =>
        i === 5 * 12 + 5 ? NaN : Math.sin(i),
      );
      const [value, gradient] = evaluate(
        (qkv, dy) => {
          const attend = (qkv: tf.Tensor) =>
            selfAttention(qkv as tf.Tensor3D, tf.zeros([2, 17]), { heads: 1 });
          return [attend(qkv), tf.grad(attend)(qkv, dy)];
        },
        tf.tensor3d(values, [2, 17, 12]),
        wave([2, 17, 4], 1),
      );
      expect(value!.map(Number.isNaN)).toEqual(value!.map((_, i) => i < 17 * 4));
      expect(gradient!.slice(0, 17 * 12).some(Number.isNaN)).toBe(true);
      expect(gradient!.slice(17 * 12).some(Number.isNaN)).toBe(false);
    });
  });
});
