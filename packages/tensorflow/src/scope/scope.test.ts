import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { defaultScope, scope, trainingScope, trainWith, withPrecision } from './scope.ts';

const seed = tf.tensor1d([7, 0], 'int32');

describe('trainWith', () => {
  it('trains within its body only, and counts operations from 0', () => {
    expect(trainingScope()).toBeUndefined();
    const numbers = trainWith(seed, () => {
      expect(trainingScope()!.seed).toBe(seed);
      return [trainingScope()!.next++, trainingScope()!.next++];
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
      trainingScope()!.next++;
      trainWith(tf.tensor1d([8, 0], 'int32'), () => trainingScope()!.next++);
      return [trainingScope()!.seed, trainingScope()!.next++];
    });
    expect(after).toEqual([seed, 1]);
  });
});

describe('a scope whose body is asynchronous', () => {
  it('is refused, and ends nothing else', async () => {
    const later = async () => {
      await Promise.resolve();
      throw new Error('after the scope');
    };
    expect(() => withPrecision('bf16', later)).toThrow(
      'The body of a scope (precision) returned a promise; the scope ends where the body returns.',
    );
    expect(() => trainWith(seed, later)).toThrow('(training) returned a promise');
    expect(scope()).toEqual(defaultScope);
    // An unhandled rejection would fail the run.
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
