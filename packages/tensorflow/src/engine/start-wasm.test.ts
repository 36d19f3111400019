import { beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { startEngine } from './start-engine.ts';
import { startWasm } from './start-wasm.ts';

const words = 50;
const size = 8;
const length = 6;

/** Numbers that look random and are the same everywhere. */
function numbers(shape: number[], seed: number): tf.Tensor {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) =>
    Math.sin(seed * 12.9898 + i * 78.233),
  );
  return tf.tensor(values, shape);
}

/** Three Adam steps of one Transformer block (gather, attention, GELU by erf, layer norms); losses and weights. */
async function train(): Promise<{ losses: number[]; weights: number[][] }> {
  const shapes = {
    table: [words, size],
    query: [size, size],
    key: [size, size],
    up: [size, 16],
    down: [16, size],
  };
  const weights = Object.values(shapes).map((shape, i) =>
    tf.tidy(() => tf.variable(numbers(shape, i + 1).mul(0.5))),
  );
  const [table, query, key, up, down] = weights as [
    tf.Variable,
    ...tf.Variable[],
  ] as tf.Variable<tf.Rank.R2>[];
  const ids = tf.tensor2d([3, 7, 3, 49, 0, 1, 7, 7, 2, 0, 3, 5], [2, length], 'int32');
  const mask = tf.tensor2d([1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0], [2, length]);
  const normalize = (x: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return x.sub(mean).mul(variance.add(1e-12).rsqrt());
  };
  const product = (x: tf.Tensor, w: tf.Tensor) =>
    x.reshape([-1, w.shape[0]]).matMul(w).reshape([2, length, w.shape[1]!]);
  const loss = () => {
    const x = normalize(tf.gather(table!, ids));
    const scores = tf.matMul(product(x, query!), product(x, key!), false, true);
    const attention = tf.softmax(scores.add(mask.sub(1).mul(1e9).expandDims(1)));
    const mixed = normalize(x.add(tf.matMul(attention, x)));
    const inner = product(mixed, up!);
    const gelu = inner.mul(inner.div(Math.SQRT2).erf().add(1)).mul(0.5);
    const output = normalize(mixed.add(product(gelu, down!)));
    const pooled = output.mul(mask.expandDims(-1)).sum(1).div(mask.sum(1, true));
    return tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([1, 5], 'int32'), size), pooled).asScalar();
  };
  const optimizer = tf.train.adam(0.01);
  const losses: number[] = [];
  for (let step = 0; step < 3; step++) {
    const value = optimizer.minimize(loss, true, weights)!;
    losses.push((await value.data())[0]!);
    value.dispose();
  }
  const trained = await Promise.all(weights.map(async (w) => Array.from(await w.data())));
  tf.dispose([ids, mask, ...weights]);
  optimizer.dispose();
  return { losses, weights: trained };
}

describe('startWasm', () => {
  let native: Awaited<ReturnType<typeof train>>;

  beforeAll(async () => {
    expect((await startEngine({ engine: 'tensorflow' })).name).toBe('tensorflow');
    native = await train();
    expect(await startWasm('a test')).toMatchObject({ name: 'wasm', threads: 1, reason: 'a test' });
  });

  it('trains like the native engine', async () => {
    expect(tf.getBackend()).toBe('wasm');
    const { losses, weights } = await train();
    losses.forEach((loss, i) => expect(loss).toBeCloseTo(native.losses[i]!, 4));
    expect(losses[2]).toBeLessThan(losses[0]!);
    weights.forEach((values, i) =>
      values.forEach((value, j) => expect(Math.abs(value - native.weights[i]![j]!)).toBeLessThan(1e-4)),
    );
  });

  it('leaves no tensors and no memory of the CPU backend behind', async () => {
    await train();
    const tensors = tf.memory().numTensors;
    const cpu = tf.findBackend('cpu').numDataIds();
    await train();
    expect(tf.memory().numTensors).toBe(tensors);
    expect(tf.findBackend('cpu').numDataIds()).toBe(cpu);
  });

  it('runs kernels that only the CPU backend has', async () => {
    const product = tf.einsum('ij,jk->ik', tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]]));
    expect(await product.array()).toEqual([[11]]);
  });

  it('sums segments as TensorFlow does: an absent one is 0, a negative id is dropped', async () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const sums = tf.unsortedSegmentSum(x, tf.tensor1d([2, -1, 2], 'int32'), 3);
    expect(await sums.array()).toEqual([
      [0, 0],
      [0, 0],
      [6, 8],
    ]);
  });

  it('says that complex numbers are missing', () => {
    expect(() => tf.complex([1], [2])).toThrow("Kernel 'Complex' not registered for backend 'wasm'");
  });
});
