import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { nativeBackend } from '../backend/native-backend.ts';
import { tf } from '../tf.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

it("has every kernel of TensorFlow.js's plain backend", () => {
  const names = (backend: string) => tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName);
  const native = new Set(names('tensorflow'));
  expect(names('cpu').filter((name) => !native.has(name))).toEqual([]);
});

describe('memory over 1,000 calls', () => {
  const held = () => ({
    tensors: tf.memory().numTensors,
    dataIds: nativeBackend()!.numDataIds(),
    entries: nativeBackend()!.binding.getNumOfTensors(),
  });

  function expectHeld(run: () => unknown): void {
    const once = () => tf.dispose(run() as tf.TensorContainer);
    once();
    const before = held();
    for (let i = 0; i < 1000; i++) once();
    expect(held()).toEqual(before);
  }

  let x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D, image: tf.Tensor4D;
  let filter: tf.Tensor4D, channelFilter: tf.Tensor4D;
  beforeAll(() => {
    [x, weights, bias] = [tf.ones([2, 3]), tf.ones([3, 4]), tf.ones([4])];
    [image, filter, channelFilter] = [tf.ones([1, 4, 4, 2]), tf.ones([2, 2, 2, 4]), tf.ones([2, 2, 2, 2])];
  });

  it.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
    'holds with fused products and convolutions, %s',
    (activation) => {
      const preluActivationWeights = activation === 'prelu' ? bias : undefined!;
      const how = { bias, activation, preluActivationWeights, leakyreluAlpha: 0.2 };
      expectHeld(() => tf.fused.matMul({ a: x, b: weights, ...how }));
      expectHeld(() => tf.fused.conv2d({ x: image, filter, strides: 1, pad: 'same', ...how }));
      expectHeld(() =>
        tf.fused.depthwiseConv2d({
          x: image,
          filter: channelFilter,
          strides: 1,
          pad: 'same',
          ...how,
        }),
      );
    },
  );

  it('holds with their gradients', () => {
    const loss = (x: tf.Tensor, weights: tf.Tensor) => tf.fused.matMul({ a: x, b: weights, bias }).sum();
    expectHeld(() => tf.tidy(() => tf.grads(loss)([x, weights])));
  });

  it('holds with models that predict', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, activation: 'relu', inputShape: [3] }),
        tf.layers.dense({ units: 2, activation: 'softmax' }),
      ],
    });
    expectHeld(() => model.predict(x));
    model.dispose();
  });

  it('holds where int32 is cast to int64 and back, and where that is refused', () => {
    const [indices, shape, other] = [
      [0, 1],
      [2, 3],
      [6, 1],
    ].map((values) => tf.tensor1d(values, 'int32'));
    const matrix = indices!.reshape<tf.Tensor2D>([1, 2]);
    expectHeld(() => tf.sparse.sparseReshape(matrix, shape as tf.Tensor1D, other as tf.Tensor1D));
    expectHeld(() => {
      expect(() => tf.sparse.sparseReshape(matrix, shape as tf.Tensor1D, indices as tf.Tensor1D)).toThrow();
    });
  });
});
