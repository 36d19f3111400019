import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { madeOf } from './made-of.ts';
import { everyWay } from '../ops/testing/every-way.ts';

describe('madeOf', () => {
  everyWay(() => {
    it.each([
      ['a transposed sum', (parts: tf.Tensor[]) => tf.addN(parts).transpose(), [4, 8, 6, 10]],
      ['one of them', (parts: tf.Tensor[]) => parts[1]!.clone(), [3, 4, 5, 6]],
      ['another view of one', (parts: tf.Tensor[]) => parts[0]!.reshape([4]), [1, 2, 3, 4]],
    ])('gives %s and disposes the others', (_, make, expected) => {
      const { numTensors } = tf.memory();
      const made = madeOf([tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([3, 4, 5, 6], [2, 2])], make);
      expect([...made.dataSync()]).toEqual(expected);
      expect(tf.memory().numTensors).toBe(numTensors + 1);
      made.dispose();
    });
  });
});
