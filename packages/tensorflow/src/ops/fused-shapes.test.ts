import { describe, it } from 'vitest';
import { tf } from '../tf.ts';
import { biasGelu } from './gelu.ts';
import { residualNorm } from './layer-norm.ts';
import { selfAttention } from './self-attention.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';
import { wave } from './testing/wave.ts';

type Outcome<K extends string> = Record<'y' | K, number[]>;

const norms = readFixture('residual_norm') as ({ rows: number; n: number } & Outcome<
  'dx' | 'dresidual' | 'dbias' | 'dgamma' | 'dbeta'
>)[];
const gelus = readFixture('bias_gelu') as ({ rows: number; n: number; form: 'none' | 'tanh' } & Outcome<
  'dx' | 'dbias'
>)[];
const attentions = readFixture('self_attention_shapes') as ({
  batch: number;
  tokens: number;
  heads: number;
  size: number;
  every: number;
} & Outcome<'dqkv' | 'dbias'>)[];

/** `fn`'s value and its gradients for `dy`, the last of the inputs. */
const withGradients =
  (fn: (...inputs: tf.Tensor[]) => tf.Tensor) =>
  (...all: tf.Tensor[]) => {
    const [inputs, dy] = [all.slice(0, -1), all.at(-1)!];
    return [fn(...inputs), ...tf.grads(fn)(inputs, dy)];
  };

describe('operations of several shapes', () => {
  everyWay((evaluate) => {
    it.each(norms)("residualNorm of [$rows, $n] gives PyTorch's value and all five gradients", (expected) => {
      const { rows, n } = expected;
      const norm = (...[x, residual, bias, gamma, beta]: tf.Tensor[]) =>
        residualNorm(x!, residual!, bias as tf.Tensor1D, {
          gamma: gamma as tf.Tensor1D,
          beta: beta as tf.Tensor1D,
          epsilon: 1e-5,
        });
      const inputs = [
        wave([rows, n], 0),
        wave([rows, n], 1, 3),
        ...[2, 3, 4].map((k) => wave([n], k)),
        wave([rows, n], 5),
      ];
      const [y, ...gradients] = evaluate(withGradients(norm), ...inputs);
      expectClose(y!, expected.y, 2e-6);
      const { dx, dresidual, dbias, dgamma, dbeta } = expected;
      [dx, dresidual, dbias, dgamma, dbeta].forEach((values, i) => expectClose(gradients[i]!, values, 1e-5));
    });

    it.each(gelus)("biasGelu of [$rows, $n], form $form, gives PyTorch's value and gradients", (expected) => {
      const { rows, n, form } = expected;
      const activate = (x: tf.Tensor, bias: tf.Tensor) => biasGelu(x, bias as tf.Tensor1D, form === 'tanh');
      const inputs = [wave([rows, n], 0, 4), wave([n], 1), wave([rows, n], 2)];
      const [y, dx, dbias] = evaluate(withGradients(activate), ...inputs);
      expectClose(y!, expected.y, 2e-6);
      expectClose(dx!, expected.dx, 1e-5);
      expectClose(dbias!, expected.dbias, 1e-5);
    });

    it.each(attentions)(
      "selfAttention of $batch sequences of $tokens tokens, $heads heads of $size, gives PyTorch's value and gradients",
      (expected) => {
        const { batch, tokens, heads, size, every } = expected;
        const width = heads * size;
        // Sequence b leaves the last 3 b tokens masked, but not the first.
        const mask = Array.from({ length: batch * tokens }, (_, i) =>
          i % tokens < Math.max(1, tokens - 3 * Math.floor(i / tokens)) ? 0 : -1e9,
        );
        const all = (qkv: tf.Tensor, bias: tf.Tensor, mask: tf.Tensor, dy: tf.Tensor) =>
          withGradients((qkv, bias) =>
            selfAttention(qkv as tf.Tensor3D, mask as tf.Tensor2D, { heads, bias: bias as tf.Tensor1D }),
          )(qkv, bias, dy);
        const inputs = [
          wave([batch, tokens, 3 * width], 0, 2),
          wave([3 * width], 1),
          tf.tensor2d(mask, [batch, tokens]),
          wave([batch, tokens, width], 2),
        ];
        const [y, dqkv, dbias] = evaluate(all, ...inputs);
        const chosen = (values: number[]) => values.filter((_, i) => i % every === 0);
        expectClose(chosen(y!), expected.y, 2e-6);
        expectClose(chosen(dqkv!), expected.dqkv, 1e-5);
        // The sum of as many numbers near 1 as there are tokens, each of which fp32 rounds, may be off by as many units.
        expectClose(dbias!, expected.dbias, Math.max(1e-5, 3e-7 * batch * tokens));
      },
    );
  });
});
