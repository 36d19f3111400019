import { describe, expect, it } from 'vitest';
import { trainWith } from '../scope/scope.ts';
import { tf } from '../tf.ts';
import { dropout } from './dropout.ts';
import { embeddingLookup } from './embedding-lookup.ts';
import { feedForward } from './feed-forward.ts';
import { biasGelu, gelu } from './gelu.ts';
import { layerNorm, residualNorm } from './layer-norm.ts';
import { maskedSoftmax } from './masked-softmax.ts';
import { product } from './product.ts';
import { selfAttention } from './self-attention.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { wave } from './testing/wave.ts';

/** The gradient of the sum of the squares of an operation's gradient. */
const second = (of: (x: tf.Tensor) => tf.Tensor) =>
  tf.grad((x: tf.Tensor) =>
    tf
      .grad((x: tf.Tensor) => of(x).sum())(x)
      .square()
      .sum(),
  );

describe('gradients of gradients', () => {
  everyWay((evaluate, prepare) => {
    it('of products are exact, also of three orders', () => {
      // f = (sum of squares of the entries of x xᵀ) for x = [a, b]: (a² + b²)², with gradients 4 r² x and so on.
      const cube = (x: tf.Tensor) => product(x, x, false, true).square();
      const [first, of, third] = evaluate(
        (x) => {
          const one = tf.grad((x: tf.Tensor) => cube(x).sum());
          const two = tf.grad((x: tf.Tensor) => one(x).sum());
          return [one(x), two(x), tf.grad((x: tf.Tensor) => two(x).sum())(x)];
        },
        tf.tensor2d([[1, 2]]),
      );
      // r² = a² + b² = 5. Gradient 4 r² (a, b); of 4 r² (a + b): 8 a (a + b) + 4 r²; of that summed: 24 (a + b) + 24 a ...
      expectClose(first!, [20, 40]);
      expectClose(of!, [8 * 1 * 3 + 20, 8 * 2 * 3 + 20]);
      // Both summed: 8 (a + b)² + 8 (a² + b²), whose gradient is 16 (a + b) + 16 (a, b).
      expectClose(third!, [16 * 3 + 16 * 1, 16 * 3 + 16 * 2]);
    });

    it('of an embedding lookup are exact', () => {
      // The loss is the sum of cubes of the rows 1, 1 and 0: gradients 6 t² and 3 t², whose squares have 144 t³ and 36 t³.
      const [gradient] = evaluate(
        (table) => [
          second((t) => {
            const rows = embeddingLookup(t as tf.Tensor2D, tf.tensor1d([1, 1, 0], 'int32'));
            return rows.mul(rows).mul(rows);
          })(table),
        ],
        tf.tensor2d([[1], [2]]),
      );
      expectClose(gradient!, [36, 144 * 8]);
    });

    it('of dropout go through its mask', () => {
      const [gradient, mask] = evaluate(
        (x, seed) => {
          const drop = (x: tf.Tensor) => trainWith(seed as tf.Tensor1D, () => dropout(x, 0.5));
          return [second((x) => drop(x).square())(x), drop(tf.onesLike(x))];
        },
        tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 8]),
        tf.tensor1d([3, 1], 'int32'),
      );
      // (m x)² has the gradient 2 m² x, whose square has 8 m⁴ x.
      expectClose(gradient!, mask!.map((m, i) => 8 * m ** 4 * (i + 1))); // prettier-ignore
    });

    const norm = { gamma: tf.ones<tf.Rank.R1>([4]), beta: tf.zeros<tf.Rank.R1>([4]), epsilon: 1e-5 };
    it.each<[string, (x: tf.Tensor) => tf.Tensor, number[]]>([
      ['elu', (x) => gelu(x), [2, 4]],
      ['elu', (x) => gelu(x, true), [2, 4]],
      ['elu', (x) => biasGelu(x, tf.zeros([4])), [2, 4]],
      ['layerNorm', (x) => layerNorm(x, norm.gamma, norm.beta, norm.epsilon), [2, 4]],
      ['layerNorm', (x) => residualNorm(x, tf.onesLike(x), tf.zeros([4]), norm), [2, 4]],
      ['maskedSoftmax', (x) => maskedSoftmax(x, tf.zeros([4])).square(), [2, 4]],
      [
        'selfAttention',
        (x) => selfAttention(x as tf.Tensor3D, tf.zeros([1, 2]), { heads: 1 }).square(),
        [1, 2, 12],
      ],
      ['feedForward|elu', (x) => feedForward(x, { inner: wave([4, 4], 1), bias: tf.zeros([4]), outer: wave([4, 3], 2) }), [2, 4]], // prettier-ignore
    ])('are refused by name: %s %#', (name, of, shape) => {
      const x = wave(shape, 3);
      const twice = prepare((x) => [second(of)(x)]);
      // A kernel of ours may stand for several operations, the first of which refuses elsewhere.
      expect(() => twice(x)).toThrow(
        new RegExp(`(${name}|maskedSoftmax) has a gradient, but no gradient of that gradient`),
      );
      twice.dispose();
      x.dispose();
    });
  });
});
