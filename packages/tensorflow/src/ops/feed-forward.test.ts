import { beforeAll, describe, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { startEngine } from '../engine/start-engine.ts';
import { withPrecision } from '../scope/scope.ts';
import { tf } from '../tf.ts';
import { dense } from './dense.ts';
import { feedForward } from './feed-forward.ts';
import { biasGelu } from './gelu.ts';
import { everyWay } from './testing/every-way.ts';
import { expectClose } from './testing/expect-close.ts';
import { geluCases } from './testing/gelu-cases.ts';
import { wave } from './testing/wave.ts';
import { trainWith } from '../scope/scope.ts';

const shift = 0.5;

const apply =
  (approximate = false) =>
  (x: tf.Tensor, inner: tf.Tensor, bias: tf.Tensor, outer: tf.Tensor) =>
    feedForward(
      x,
      { inner: inner as tf.Tensor2D, bias: bias as tf.Tensor1D, outer: outer as tf.Tensor2D },
      approximate,
    );

describe('feedForward', () => {
  everyWay((evaluate) => {
    it.each(geluCases)("gives PyTorch's values and gradients %s", (_, approximate, { x, y, dy, dx }) => {
      // What is shifted away comes back with the bias, so that the GELU sees the fixture's x; its value goes out once
      // doubled and once halved, and only the first has a gradient.
      const [value, dinput, dinner, dbias, douter] = evaluate(
        (x, inner, bias, outer, dy) => [
          apply(approximate)(x, inner, bias, outer),
          ...tf.grads(apply(approximate))([x, inner, bias, outer], dy),
        ],
        tf.tensor3d(x.map((value) => [[value - shift, 0]])),
        tf.tensor2d([[1], [0]]),
        tf.tensor1d([shift]),
        tf.tensor2d([[2, 0.5]]),
        tf.tensor3d(dy.map((value) => [[value, 0]])),
      );
      expectClose(value!, y.flatMap((value) => [2 * value, value / 2]), 4e-6); // prettier-ignore
      expectClose(dinput!.filter((_, i) => i % 2 === 0), dx.map((value) => 2 * value), 2e-5); // prettier-ignore
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      expectClose(dinner!, [sum(dx.map((value, i) => 2 * value * (x[i]! - shift))), 0], 2e-4);
      expectClose(dbias!, [2 * sum(dx)], 2e-4);
      const total = sum(y.map((value, i) => value * dy[i]!));
      expectClose(douter!, [total, 0], 1e-4);
    });
  });
});

describe('feedForward in compiled functions', () => {
  beforeAll(async () => {
    await startEngine({ engine: 'tensorflow' });
    await tf.setBackend('tensorflow');
  });

  const inputs = () =>
    [wave([7, 10, 40], 1), wave([40, 100], 2), wave([100], 3), wave([100, 30], 4)] as const;

  it('has the gradients of its layers one by one, in bf16 too', () => {
    const one = (x: tf.Tensor, inner: tf.Tensor, bias: tf.Tensor, outer: tf.Tensor) =>
      dense(biasGelu(dense(x, inner as tf.Tensor2D), bias as tf.Tensor1D), outer as tf.Tensor2D);
    const gradients = (chosen: 'bf16' | 'fp32', layers: typeof one) => {
      const step = compile((...args: ReturnType<typeof inputs>) =>
        trainWith(tf.tensor1d([1, 2], 'int32'), () =>
          tf.grads((...[x, inner, bias, outer]: tf.Tensor[]) =>
            withPrecision(chosen, () => layers(x!, inner!, bias!, outer!)),
          )([...args], wave([7, 10, 30], 5)),
        ),
      );
      const found = step(...inputs()).map((gradient) => Array.from(gradient.dataSync()));
      step.dispose();
      return found;
    };
    for (const [chosen, tolerance] of [
      ['fp32', 1e-5],
      ['bf16', 1 / 128],
    ] as const) {
      // prettier-ignore
      const expected = gradients(chosen, one);
      gradients(chosen, apply()).forEach((values, i) => {
        const largest = Math.max(...expected[i]!.map(Math.abs));
        expectClose(values, expected[i]!, tolerance * largest);
      });
    }
  });
});
