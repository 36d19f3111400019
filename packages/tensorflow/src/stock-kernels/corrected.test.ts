import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { expectRefused, expectSame } from './testing/expect-same.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

const ints = (values: number[]) => tf.tensor1d(values, 'int32');

describe('kernels for more types and shapes than tfjs-node has them', () => {
  it.each<[string, () => tf.Tensor]>([
    ['a diagonal of bool', () => tf.diag(tf.tensor1d([true, false, true], 'bool'))],
    ['steps of whole numbers', () => tf.step(ints([-2, 0, 3]), 4)],
    ['leakyRelu of whole numbers', () => tf.leakyRelu(ints([-2, 0, 3]), 0.5)],
    ['rounding whole numbers', () => tf.round(ints([-2, 3]))],
    ['the mean of bool', () => tf.mean(tf.tensor1d([true, false], 'bool'))],
    [
      'batchNorm by one number',
      () => tf.batchNorm(tf.ones([1, 1, 2, 2]), tf.scalar(0), tf.scalar(0.25), undefined, undefined, 0),
    ],
    ['scattering by a vector', () => tf.scatterND(ints([4, 1, 4]), tf.tensor1d([1, 2, 3]), [6])],
    ['scattering rows', () => tf.scatterND(ints([1, 0]), tf.tensor2d([1, 2, 3, 4], [2, 2]), [3, 2])],
  ])('has %s', (_, run) => expectSame(run));

  it.each([undefined, 'relu', 'prelu'] as const)(
    'has fused convolutions with channels first: %s',
    (activation) =>
      expectSame(() =>
        tf.fused.conv2d({
          x: tf.range(0, 18).reshape<tf.Tensor4D>([1, 2, 3, 3]),
          filter: tf.range(-4, 12).reshape<tf.Tensor4D>([2, 2, 2, 2]),
          strides: 1,
          pad: 'valid',
          dataFormat: 'NCHW',
          bias: tf.tensor1d([-200, 3]),
          activation: activation!,
          preluActivationWeights: activation === 'prelu' ? tf.tensor1d([2, 4]) : undefined!,
        }),
      ),
  );

  it('refuses axes of an einsum that no operand has', () =>
    expectRefused(() => tf.einsum('ij,jk->in', tf.ones([2, 3]), tf.ones([3, 4]))));
});

it('leaves the whole numbers that exp was given', () => {
  const x = ints([0, 1]);
  expect(tf.exp(x).dtype).toBe('float32');
  expect([...x.dataSync()]).toEqual([0, 1]);
});

describe('multinomial', () => {
  const draw = (seed: number) => [...tf.multinomial(tf.tensor1d([0, 1, 2, 3]), 200, seed).dataSync()];

  it('draws the same with the same seed', () => {
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3.5)).toEqual(draw(3.5));
    expect(draw(3)).not.toEqual(draw(4));
    expect(draw(3)).not.toEqual(draw(3.5));
  });

  it('draws by probabilities', () => {
    const drawn = tf.multinomial(tf.tensor1d([0, 0.25, 0.75]), 4000, 7, true).dataSync();
    const counts = [0, 1, 2].map((outcome) => drawn.filter((value) => value === outcome).length);
    expect(counts[0]).toBe(0);
    // 1,000 expected, with a standard deviation of 27.
    expect(Math.abs(counts[1]! - 1000)).toBeLessThan(140);
  });
});
