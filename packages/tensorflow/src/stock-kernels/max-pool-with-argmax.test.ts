import { beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../engine/start-engine.ts';
import { tf } from '../tf.ts';
import { expectSame } from './testing/expect-same.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

describe('maxPoolWithArgmax', () => {
  const x = () => tf.tensor4d([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3], [2, 3, 3, 1]);

  it.each([
    ['valid', false],
    ['valid', true],
    ['same', false],
    ['same', true],
  ] as const)('pools with the padding %s, counting the batch: %s', (pad, includeBatch) =>
    expectSame(() => tf.maxPoolWithArgmax(x(), 2, 1, pad, includeBatch)),
  );

  it('pools channels apart, with windows and strides of two sizes', () =>
    expectSame(() => tf.maxPoolWithArgmax(x().reshape<tf.Tensor4D>([1, 3, 3, 2]), [2, 1], [1, 2], 'valid')));

  it('says that it lacks paddings in numbers', () => {
    expect(() => tf.maxPoolWithArgmax(x(), 2, 1, 1)).toThrow("got the padding 1; expected 'valid' or 'same'");
  });
});
