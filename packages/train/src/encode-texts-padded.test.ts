/** The frozen encoder without kernels, where texts are padded, beside the one with them. */
import { loadEncoder } from '@foldwise/encoders';
import { findHead } from '@foldwise/heads';
import { canPackSequences, startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, expect, it, vi } from 'vitest';
import { textEncoder } from './encode-texts.ts';
import { tinyBert } from './testing/tiny-model.ts';

beforeAll(async () => {
  vi.stubEnv('FOLDWISE_KERNELS', 'off');
  await startEngine({ engine: 'tensorflow' });
});

it('gives every text what it gets alone, in the order of the texts', async () => {
  expect(canPackSequences()).toBe(false);
  const tokens = Array.from({ length: 23 }, (_, i) =>
    Int32Array.from({ length: 3 + ((i * 7) % 18) }, (_, j) => (j === 0 ? 2 : 5 + ((i * 13 + j * 5) % 90))),
  );
  const encoder = await loadEncoder(tinyBert);
  const texts = textEncoder({ encoder, head: findHead('cls'), batchTokens: 40 });
  const vectors = await texts.encode({ tokens, padId: 0 });
  tokens.forEach((text, row) => {
    const alone = tf.tidy(() => {
      const ids = tf.tensor2d(text, [1, text.length], 'int32');
      const states = encoder.model.apply([ids, tf.onesLike(ids)]) as tf.Tensor3D[];
      return states.at(-1)!.slice([0, 0, 0], [1, 1, -1]).dataSync();
    });
    alone.forEach((value, i) => expect(vectors[row * texts.width + i]).toBeCloseTo(value, 5));
  });
  texts.dispose();
});
