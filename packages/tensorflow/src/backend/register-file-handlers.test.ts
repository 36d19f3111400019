import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { startEngine } from '../engine/start-engine.ts';

beforeAll(async () => {
  await startEngine();
});

describe('registerFileHandlers', () => {
  it('lets models be saved to files and loaded from them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-model-'));
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] });
    model.setWeights([tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor1d([5, 6])]);
    await model.save(`file://${folder}`);
    expect(await readdir(folder)).toEqual(['model.json', 'weights.bin']);
    const loaded = await tf.loadLayersModel(`file://${join(folder, 'model.json')}`);
    // [1, 1] times the kernel is [1 + 3, 2 + 4]
    expect(Array.from((loaded.predict(tf.ones([1, 2])) as tf.Tensor).dataSync())).toEqual([9, 12]);
  });
});
