import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { MeanPooling } from './mean-pooling.ts';

beforeAll(async () => {
  await startEngine();
});

describe('PoolingLayer', () => {
  it('refuses hidden states without a mask', () => {
    expect(() => new MeanPooling().call(tf.zeros([2, 3, 4]))).toThrow(
      'MeanPooling takes [hidden states, attention mask]; got one tensor, which has no mask.',
    );
  });

  it('refuses token ids in place of hidden states', () => {
    const ids = tf.zeros([2, 3], 'int32');
    expect(() => new MeanPooling().call([ids, tf.ones([2, 3], 'int32')])).toThrow(
      'MeanPooling takes hidden states [batch, tokens, hidden] and a mask [batch, tokens]; got [2,3] and [2,3].',
    );
  });
});
