import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyModel } from '../testing/tiny-model.ts';
import { weightSnapshot } from './weight-snapshot.ts';

beforeAll(async () => {
  await startEngine();
});

describe('weightSnapshot', () => {
  it('puts every weight back, as often as asked', async () => {
    const { model } = await tinyModel('binary', 1);
    const values = () => model.weights.map((weight) => Array.from(weight.read().dataSync()));
    const before = values();
    const tensors = tf.memory().numTensors;
    const restore = await weightSnapshot(model);
    for (let i = 0; i < 2; i++) {
      tf.tidy(() => model.weights.forEach((weight) => weight.write(weight.read().add(1 + i))));
      expect(values().every((value, w) => value[0] !== before[w]![0])).toBe(true);
      restore();
      expect(values()).toEqual(before);
    }
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
