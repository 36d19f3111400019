import { describe, it } from 'vitest';
import { tf } from '../tf.ts';
import { gelu } from './gelu.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { readFixture } from './testing/read-fixture.ts';

interface Values {
  x: number[];
  y: number[];
  dy: number[];
  dx: number[];
}
const fixture = readFixture<{ none: Values; tanh: Values }>('gelu');

describe('gelu', () => {
  everyWay((evaluate) => {
    it.each([
      ['by erf', false, fixture.none],
      ['by tanh', true, fixture.tanh],
    ])("gives PyTorch's values and gradients %s", (_, approximate, { x, y, dy, dx }) => {
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
