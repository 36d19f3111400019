import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEncoder, readSafetensors } from '@foldwise/encoders';
import { findHead } from '@foldwise/heads';
import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { headInputs } from './head-inputs.ts';
import { saveTextModel } from './save-text-model.ts';
import { tinyBert } from '../testing/tiny-model.ts';

/** What transformers' BertModel gives for the tiny BERT: see packages/encoders/fixtures/make_encoder_reference.py. */
const reference = await readSafetensors(
  fileURLToPath(new URL('../../../encoders/fixtures/tiny-bert-reference.safetensors', import.meta.url)),
);

const input = (name: string) => {
  const { data, shape } = reference.get(name)!;
  return tf.tensor(Int32Array.from(data as Int32Array), shape, 'int32');
};

/** The head on the tiny BERT. */
async function pooled(spec: string, seed?: number) {
  const encoder = await loadEncoder(tinyBert);
  const outputs = findHead(spec).apply(headInputs(encoder, seed), 'head');
  return { encoder, model: tf.model({ inputs: encoder.model.inputs, outputs }) };
}

beforeAll(async () => {
  await startEngine();
});

describe('headInputs', () => {
  it("hands the checkpoint's pooler on: its head gives the pooler_output of Python transformers", async () => {
    const { model } = await pooled('pooler');
    const ours = model.predict([input('input_ids'), input('attention_mask')]) as tf.Tensor;
    const { data, shape } = reference.get('pooler_output')!;
    expect(ours.shape).toEqual(shape);
    ours.dataSync().forEach((value, i) => expect(value).toBeCloseTo((data as Float32Array)[i]!, 5));
  });

  it('hands the seed on, which alone decides how new weights start', async () => {
    const kernel = async (seed: number) => {
      const { model } = await pooled('attention', seed);
      return Array.from(
        model.weights
          .find(({ name }) => name.includes('score'))!
          .read()
          .dataSync(),
      );
    };
    const first = await kernel(1);
    expect(await kernel(1)).toEqual(first);
    expect(await kernel(2)).not.toEqual(first);
  });
});

describe('saveTextModel', () => {
  const saved = async (spec: string) => {
    const { model, encoder } = await pooled(spec);
    const pooler = model.layers.find((layer) => layer.getClassName() === 'Pooler');
    if (pooler) tf.tidy(() => pooler.setWeights(pooler.getWeights().map((weight) => weight.add(1))));
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-pooler-'));
    await saveTextModel(folder, { model, encoder, original: tinyBert, record: {} as never });
    return { before: encoder.pooler!, after: (await loadEncoder(folder)).pooler };
  };

  it('puts a pooler that was trained into the checkpoint, where AutoModel finds it', async () => {
    const { before, after } = await saved('concat:mean+pooler');
    expect(after!.kernel).toEqual(before.kernel.map((x) => x + 1));
    expect(after!.bias).toEqual(before.bias.map((x) => x + 1));
  });

  it('leaves the pooler out where the encoder was trained without it', async () => {
    expect((await saved('mean')).after).toBeUndefined();
  });
});
