import { createHash } from 'node:crypto';
import type { SafeTensor, TensorToWrite } from '@foldwise/encoders';
import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeptTraining } from './training-store.ts';
import { UnusableTraining } from './unusable.ts';
import { tinyModel } from '../testing/tiny-model.ts';
import { trainStep } from '../step/train-step.ts';
import { newTrainingState } from '../trainer/training-state.ts';
import { trainingTensors } from './training-tensors.ts';

/** A model of random weights, and what its optimizer has after steps of random gradients. */
async function training(seed: number, steps: number) {
  const { model, output } = await tinyModel('binary', 1);
  const stepper = trainStep({ model, output, weightDecay: 0.01, clipNorm: 1, seed: 0 });
  const { optimizer } = stepper;
  tf.tidy(() => {
    for (const [i, weight] of model.weights.entries())
      weight.write(tf.randomNormal(weight.shape as number[], 0, 1, 'float32', seed + i));
    for (let step = 0; step < steps; step++)
      optimizer.applyGradients(
        model.trainableWeights.map((weight, i) => ({
          name: (weight.read() as tf.Variable).name,
          tensor: tf.randomNormal(weight.shape as number[], 0, 1, 'float32', seed + step + i),
        })),
      );
  });
  const state = trainingTensors(model, stepper);
  /** A hash of each tensor's numbers. */
  const values = async () =>
    [
      ...model.weights.map((weight) => weight.read()),
      ...(await optimizer.getWeights()).map(({ tensor }) => tensor),
    ].map((tensor) => createHash('sha256').update(Float32Array.from(tensor.dataSync())).digest('hex'));
  const kept = async (): Promise<KeptTraining> => ({
    state: { ...newTrainingState(), step: steps },
    weights: await asRead(state.weights()),
    moments: await asRead(await state.moments()),
    best: undefined,
  });
  return { model, optimizer, state, values, kept };
}

async function asRead(tensors: ReadonlyMap<string, TensorToWrite>): Promise<Map<string, SafeTensor>> {
  const read = new Map<string, SafeTensor>();
  for (const [name, { shape, data }] of tensors)
    await (data as (write: (values: Float32Array) => Promise<void>) => Promise<void>)((values) => {
      read.set(name, { dtype: 'F32', shape: [...shape], data: Float32Array.from(values) });
      return Promise.resolve();
    });
  return read;
}

let kept: KeptTraining;
let expected: string[];
beforeAll(async () => {
  await startEngine();
});
beforeEach(async () => {
  const other = await training(100, 3);
  kept = await other.kept();
  expected = await other.values();
});

describe("trainingTensors's put", () => {
  it('gives weights, moments and steps to another process, to the bit, and leaves no tensors', async () => {
    const { state, values, optimizer } = await training(1, 0);
    const before = tf.memory().numTensors;
    expect(await state.put(kept)).toBeUndefined();
    expect(await values()).toEqual(expected);
    expect(optimizer.iterations).toBe(3);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(['a weight', 'the state of the optimizer'])(
    'leaves all as it was where writing %s fails midway, and throws what stops a training',
    async (what) => {
      const { model, optimizer, state, values } = await training(1, 1);
      const before = await values();
      const tensors = tf.memory().numTensors;
      if (what === 'a weight')
        model.weights[5]!.write = () => {
          throw new Error('no memory');
        };
      else
        optimizer.setWeights = async ([, mean]) => {
          const [, own] = await optimizer.getWeights();
          own!.tensor.assign(mean!.tensor);
          throw new Error('no memory');
        };
      const error: unknown = await state.put(kept).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ message: 'no memory' });
      expect(error).not.toBeInstanceOf(UnusableTraining);
      expect(await values()).toEqual(before);
      expect(tf.memory().numTensors).toBe(tensors);
    },
  );

  const changed = (name: string, change: Partial<SafeTensor>) => (tensors: Map<string, SafeTensor>) =>
    tensors.set(name, { ...tensors.get(name)!, ...change });
  it.each([
    [
      'moments',
      'is not in this one',
      changed('seen', { dtype: 'F32', shape: [], data: new Float32Array(1) }),
    ],
    ['moments', 'is missing', (tensors: Map<string, SafeTensor>) => tensors.delete('square.2')],
    ['moments', 'is [1] of float32, expected [] of float32', changed('steps', { shape: [1] })],
    ['moments', 'is [] of I32, expected [] of float32', changed('steps', { dtype: 'I32', data: new Int32Array(1) })], // prettier-ignore
    ['moments', 'has 2 elements, expected 1', changed('steps', { data: new Float32Array(2) })],
    ['weights', 'is [5] of float32, expected ', changed('29.kernel', { shape: [5] })],
    ['best', 'is [5] of float32, expected ', changed('29.kernel', { shape: [5] })],
  ] as const)('refuses %s where a tensor %s, before it writes any', async (part, reason, change) => {
    const { state, values } = await training(1, 1);
    const before = await values();
    const tensors = new Map(kept[part === 'best' ? 'weights' : part]);
    change(tensors);
    const error: unknown = await state.put({ ...kept, [part]: tensors }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnusableTraining);
    expect((error as Error).message).toContain(reason);
    expect(await values()).toEqual(before);
  });
});
