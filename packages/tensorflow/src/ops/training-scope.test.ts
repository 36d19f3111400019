import { describe, expect, it } from 'vitest';
import type { tf } from '../tf.ts';
import { trainingScope, trainWith } from './training-scope.ts';

const seed = {} as tf.Tensor1D;

describe('trainWith', () => {
  it('trains within its body only, and counts operations from 0', () => {
    expect(trainingScope()).toBeUndefined();
    const numbers = trainWith(seed, () => {
      expect(trainingScope()!.seed).toBe(seed);
      return [trainingScope()!.nextOperation(), trainingScope()!.nextOperation()];
    });
    expect(numbers).toEqual([0, 1]);
    expect(trainingScope()).toBeUndefined();
  });

  it('ends with its body, also where that throws or trains within', () => {
    const failing = () => {
      throw new Error('no');
    };
    expect(() => trainWith(seed, failing)).toThrow('no');
    expect(trainingScope()).toBeUndefined();
    const after = trainWith(seed, () => {
      trainingScope()!.nextOperation();
      trainWith({} as tf.Tensor1D, () => trainingScope()!.nextOperation());
      return [trainingScope()!.seed, trainingScope()!.nextOperation()];
    });
    expect(after).toEqual([seed, 1]);
  });
});
