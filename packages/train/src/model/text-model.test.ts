import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyBertOf, tinyModel } from '../testing/tiny-model.ts';

const names = (model: tf.LayersModel) => model.layers.map(({ name }) => name);

/** Tensors that a prediction has made and not yet freed when the head's layer gets to work. */
async function aliveAtHead(layers: number): Promise<number> {
  const { model } = await tinyModel('binary', 1, { folder: await tinyBertOf(layers) });
  const head = model.getLayer('head');
  const call = head.call.bind(head);
  let alive = NaN;
  const before = tf.memory().numTensors;
  head.call = (inputs, kwargs) => {
    alive = tf.memory().numTensors - before;
    return call(inputs, kwargs);
  };
  tf.tidy(() => void model.apply([tf.ones([2, 5], 'int32'), tf.ones([2, 5], 'int32')]));
  tf.dispose(model.weights.map((weight) => weight.read()));
  return alive;
}

beforeAll(async () => {
  await startEngine();
});

describe('textModel', () => {
  it('counts weights and layers as far as the head reads', async () => {
    // Table 102, positions 48, types 2 and the norm's 2, each of 32 features.
    const embeddings = (102 + 48 + 2 + 2) * 32;
    // qkv, attention's output, intermediate, output, two norms.
    const layer = 32 * 96 + 96 + (32 * 32 + 32) + (32 * 64 + 64) + (64 * 32 + 32) + 4 * 32;
    const { model: all } = await tinyModel('binary', 1);
    expect(all.countParams()).toBe(embeddings + 2 * layer + 33);
    const { model: first } = await tinyModel('binary', 1, { head: 'layers:0-1' });
    expect(first.countParams()).toBe(embeddings + layer + 33);
    expect([names(all).includes('layer_1'), names(first).includes('layer_1')]).toEqual([true, false]);
    const settings = { hidden: [5], activation: 'gelu' as const, dropout: 0.1, samples: 2 };
    const { model: deeper } = await tinyModel('binary', 1, { settings });
    expect(deeper.countParams()).toBe(embeddings + 2 * layer + 33 * 5 + 6);
  });

  it('frees every hidden state once it is read', async () => {
    expect(await aliveAtHead(6)).toBe(await aliveAtHead(2));
  });
});
