import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { onEach } from './testing/on-each.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

type Padding = number | tf.backend_util.ExplicitPadding;

const uneven: Padding = [
  [0, 0],
  [1, 2],
  [0, 1],
  [0, 0],
];
const image = () => tf.range(0, 50).reshape<tf.Tensor4D>([1, 5, 5, 2]);
const filter = (...shape: [number, number, number, number]) =>
  tf.range(0, tf.util.sizeFromShape(shape)).sub(5).reshape<tf.Tensor4D>(shape);

/** Equal but for the rounding of sums. */
async function expectClose(run: Parameters<typeof onEach>[0]): Promise<void> {
  const { plain, eager, compiled } = await onEach(run);
  for (const outcome of [eager, compiled]) {
    expect(outcome.tensors?.map(({ shape }) => shape)).toEqual(plain.tensors!.map(({ shape }) => shape));
    for (const [i, { values }] of outcome.tensors!.entries())
      values.forEach((value, j) => expect(value).toBeCloseTo(plain.tensors![i]!.values[j] as number, 3));
  }
}

describe.each<[string, Padding]>([
  ['1', 1],
  ['uneven', uneven],
])('the padding %s', (_, pad) => {
  it.each([1, 2])('pools images by strides of %d', async (stride) => {
    await expectClose(() => tf.maxPool(image(), 3, stride, pad));
    await expectClose(() => tf.avgPool(image(), 3, stride, pad));
  });

  it('pools with the gradient of the greatest value', () =>
    expectClose(() => tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, pad))(image())));

  it('has convolutions and both their gradients', async () => {
    const convolve = (x: tf.Tensor, f: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 2, pad);
    await expectClose(() => convolve(image(), filter(3, 2, 2, 3)));
    await expectClose(() => tf.grads(convolve)([image(), filter(3, 2, 2, 3)]));
  });

  it('has convolutions by channel and both their gradients', async () => {
    const convolve = (x: tf.Tensor, f: tf.Tensor) =>
      tf.depthwiseConv2d(x as tf.Tensor4D, f as tf.Tensor4D, 1, pad);
    await expectClose(() => convolve(image(), filter(3, 2, 2, 2)));
    await expectClose(() => tf.grads(convolve)([image(), filter(3, 2, 2, 2)]));
  });

  it('has fused convolutions, with holes', () =>
    expectClose(() =>
      tf.fused.conv2d({
        x: image(),
        filter: filter(2, 2, 2, 3),
        strides: 1,
        pad,
        dilations: 2,
        bias: tf.tensor1d([1, 2, -300]),
        activation: 'relu',
      }),
    ));
});

it.each(['floor', 'round', 'ceil'] as const)('rounds the number of windows by %s', (rounding) =>
  expectClose(() => tf.maxPool(image(), 5, 3, 1, rounding)),
);

it('pools volumes', async () => {
  const volume = () => tf.range(0, 27).reshape<tf.Tensor5D>([1, 3, 3, 3, 1]);
  await expectClose(() => tf.maxPool3d(volume(), 2, 1, 1));
  await expectClose(() => tf.avgPool3d(volume(), 2, 1, 1));
});

it('divides the gradient of a mean by what the mean divides by', async () => {
  // Windows of a row of 3 with one of padding at each end hold 2, 3 and 2 values: 1/2 + 1/3, 1/2 + 1/3 + 1/2, 1/3 + 1/2.
  const pad: Padding = [
    [0, 0],
    [0, 0],
    [1, 1],
    [0, 0],
  ];
  const { eager } = await onEach(() =>
    tf.grad((x) => tf.avgPool(x as tf.Tensor4D, [1, 3], 1, pad))(tf.ones([1, 1, 3, 1])),
  );
  const expected = [5 / 6, 4 / 3, 5 / 6];
  eager.tensors![0]!.values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
});

describe('pad', () => {
  const x = () => tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);

  it('cuts off by negative numbers', async () => {
    const { eager, compiled } = await onEach(() =>
      tf.pad(
        x(),
        [
          [-1, 0],
          [1, -2],
        ],
        9,
      ),
    );
    expect(eager.tensors).toEqual([{ dtype: 'float32', shape: [1, 2], values: [9, 4] }]);
    expect(compiled).toEqual(eager);
  });

  it('refuses to cut off more than there is', () => {
    expect(() =>
      tf.pad(x(), [
        [0, 0],
        [-2, -2],
      ]),
    ).toThrow('[-2,-2] for axis 1 of shape [2,3]');
  });
});
