import { describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { filledTensor } from './filled-tensor.ts';
import { everyWay } from '../ops/testing/every-way.ts';

describe('filledTensor', () => {
  everyWay(() => {
    it.each([
      [
        [2, 2],
        [1, 2, 3, 4],
      ],
      [[], [5]],
      [[0, 3], []],
    ])('of shape %j has what was written', async (shape, values) => {
      const tensor = await filledTensor(shape, async (array) => {
        expect(array).toHaveLength(values.length);
        await Promise.resolve();
        array.set(values);
      });
      expect([tensor.shape, tensor.dtype, [...tensor.dataSync()]]).toEqual([shape, 'float32', values]);
      expect(Array.from(tf.tidy(() => tensor.add(1).dataSync()))).toEqual(values.map((value) => value + 1));
      tensor.dispose();
    });

    it('leaves nothing where the values cannot be had', async () => {
      const { numTensors } = tf.memory();
      await expect(filledTensor([2], () => Promise.reject(new Error('EIO')))).rejects.toThrow('EIO');
      expect(tf.memory().numTensors).toBe(numTensors);
    });
  });
});

describe('the array of filledTensor', () => {
  it("is empty afterwards on TensorFlow, and not another tensor's memory", async () => {
    await startEngine({ engine: 'tensorflow' });
    await tf.setBackend('tensorflow');
    const kept: Float32Array[] = [];
    const tensor = await filledTensor([1000], (values) => {
      kept.push(values.fill(3));
      return Promise.resolve();
    });
    const failed = filledTensor([1000], (values) => {
      kept.push(values);
      return Promise.reject(new Error('EIO'));
    });
    await expect(failed).rejects.toThrow('EIO');
    expect(kept.map(({ length }) => length)).toEqual([0, 0]);
    kept[0]![0] = 99; // Without effect.
    expect(tensor.dataSync()[0]).toBe(3);
    tensor.dispose();
  });
});
