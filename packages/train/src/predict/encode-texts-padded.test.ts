/** The frozen encoder without kernels, where texts are padded, beside the one with them. */
import { loadEncoder } from '@foldwise/encoders';
import { findHead } from '@foldwise/heads';
import { canPackSequences, startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, expect, it, vi } from 'vitest';
import { textEncoder } from './encode-texts.ts';
import { tinyBert } from '../testing/tiny-model.ts';

beforeAll(async () => {
  vi.stubEnv('FOLDWISE_KERNELS', 'off');
  await startEngine({ engine: 'tensorflow' });
});

it('gives every text what it gets alone, in the order of the texts', async () => {
  expect(canPackSequences()).toBe(false);
  const encodings = Array.from({ length: 23 }, (_, row) => {
    const id = (j: number) => (j === 0 ? 2 : 5 + ((row * 13 + j * 5) % 90));
    return { ids: Int32Array.from({ length: 3 + ((row * 7) % 18) }, (_, j) => id(j)), row };
  });
  const encoder = await loadEncoder(tinyBert);
  const texts = textEncoder({ encoder, head: findHead('cls'), padId: 0, batchTokens: 40 });
  const vectors = await texts.encode(encodings);
  encodings.forEach(({ ids: text }, row) => {
    const alone = tf.tidy(() => {
      const ids = tf.tensor2d(text, [1, text.length], 'int32');
      const states = encoder.model.apply([ids, tf.onesLike(ids)]) as tf.Tensor3D[];
      return states.at(-1)!.slice([0, 0, 0], [1, 1, -1]).dataSync();
    });
    alone.forEach((value, i) => expect(vectors[row * texts.width + i]).toBeCloseTo(value, 5));
  });
  texts.dispose();
});
