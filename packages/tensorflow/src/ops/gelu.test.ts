import { describe, it } from 'vitest';
import { tf } from '../tf.ts';
import { gelu } from './gelu.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { geluCases } from './testing/gelu-cases.ts';

describe('gelu', () => {
  everyWay((evaluate) => {
    it.each(geluCases)("gives PyTorch's values and gradients %s", (_, approximate, { x, y, dy, dx }) => {
      const both = (x: tf.Tensor, dy: tf.Tensor) => [
        gelu(x, approximate),
        tf.grad((x: tf.Tensor) => gelu(x, approximate))(x, dy),
      ];
      const [value, gradient] = evaluate(both, tf.tensor1d(x), tf.tensor1d(dy));
      expectClose(value!, y);
      expectClose(gradient!, dx, 1e-5); // near -5 an fp32 tanh is a few units from -1, and x² multiplies them
    });
  });
});
