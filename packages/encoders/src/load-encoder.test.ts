import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, startEngine, tf, variableOf } from '@foldwise/tensorflow';
import { cacheFolder } from '@foldwise/tensorflow/library';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, type SafeTensor } from './checkpoint/read-safetensors.ts';
import { resolveModel } from './checkpoint/hub/resolve-model.ts';
import { writeSafetensors } from './checkpoint/write-safetensors.ts';
import { loadEncoder } from './load-encoder.ts';
import { saveEncoder } from './save-encoder.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const tiny = join(fixtures, 'tiny-bert');

function largestDifference(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  expect(ours.length).toBe(theirs.length);
  return Math.max(...Array.from({ length: ours.length }, (_, i) => Math.abs(ours[i]! - theirs[i]!)));
}

function int32({ data, shape }: SafeTensor): tf.Tensor {
  return tf.tensor(Int32Array.from(data as Int32Array), shape, 'int32');
}

describe('loadEncoder', () => {
  beforeAll(async () => {
    await startEngine();
  });

  it('gives the hidden states of Python transformers for a tiny BERT', async () => {
    const reference = await readSafetensors(join(fixtures, 'tiny-bert-reference.safetensors'));
    const { model } = await loadEncoder(tiny);
    const inputs = [int32(reference.get('input_ids')!), int32(reference.get('attention_mask')!)];
    const mask = reference.get('attention_mask')!.data as Int32Array;
    const states = model.predict(inputs) as tf.Tensor[];
    expect(states).toHaveLength(3);
    states.forEach((state, i) => {
      const width = state.shape[2]!;
      const kept = (values: ArrayLike<number>) =>
        Array.from(values).filter((_, j) => mask[Math.floor(j / width)]);
      const theirs = reference.get(`hidden_states.${i}`)!.data as Float32Array;
      expect(largestDifference(kept(state.dataSync()), kept(theirs))).toBeLessThan(1e-5);
    });
  });

  it('gives the gradients of Python transformers, eagerly and compiled', async () => {
    const reference = await readSafetensors(join(fixtures, 'tiny-bert-reference.safetensors'));
    const { model } = await loadEncoder(tiny, { dropout: 0 });
    const ids = int32(reference.get('input_ids')!);
    const mask = int32(reference.get('attention_mask')!);
    const { data, shape } = reference.get('gradient_weights')!;
    const weights = tf.tensor(data as Float32Array, shape);
    const table = variableOf(model.getLayer('embeddings').weights[0]!);
    const kernel = variableOf(model.getLayer('layer_0').weights[0]!);
    const gradients = () => {
      const { grads } = tf.variableGrads(() => {
        const last = (model.apply([ids, mask]) as tf.Tensor[]).at(-1)!;
        return last.mul(mask.expandDims(-1)).mul(weights).sum<tf.Scalar>();
      }, [table, kernel]);
      return [grads[table.name]!, grads[kernel.name]!];
    };
    const expected = reference.get('gradient.embeddings.word_embeddings.weight')!.data as Float32Array;
    const query = reference.get('gradient.encoder.layer.0.attention.self.query.weight')!;
    for (const [dTable, dKernel] of [gradients(), compile(gradients)()]) {
      expect(largestDifference(dTable!.dataSync(), expected)).toBeLessThan(1e-5);
      const dQuery = tf.transpose(dKernel!.slice([0, 0], [query.shape[1]!, query.shape[0]!]));
      expect(largestDifference(dQuery.dataSync(), query.data as Float32Array)).toBeLessThan(1e-5);
    }
  });

  it('gives the hidden states of Python transformers for MiniLM-L6', async () => {
    const reference = await readSafetensors(join(fixtures, 'minilm-reference.safetensors'));
    const { folder } = await resolveModel('sentence-transformers/all-MiniLM-L6-v2', {
      cacheFolder: cacheFolder(),
    });
    const { model } = await loadEncoder(folder);
    const maskValues = reference.get('attention_mask')!;
    const states = model.predict([int32(reference.get('input_ids')!), int32(maskValues)]) as tf.Tensor[];
    expect(states).toHaveLength(7);
    const mask = maskValues.data as Int32Array;
    const compare = (ours: tf.Tensor, theirs: SafeTensor) => {
      const width = ours.shape[2]!;
      const real = (values: ArrayLike<number>) =>
        Array.from(values).filter((_, j) => mask[Math.floor(j / width)]);
      expect(largestDifference(real(ours.dataSync()), real(theirs.data as Float32Array))).toBeLessThan(1e-5);
    };
    compare(states[0]!, reference.get('embedding_output')!);
    compare(states[6]!, reference.get('last_hidden_state')!);
    for (let i = 1; i <= 5; i++) {
      const every8th = tf.gather(states[i]!, tf.range(0, 384, 8, 'int32'), 2);
      compare(every8th, reference.get(`hidden_states.${i}`)!);
    }
  });

  it('gives the pooler as [inputs, outputs], and writes it back where it is given one', async () => {
    const { data } = (await readSafetensors(join(tiny, 'model.safetensors'))).get('pooler.dense.weight')!;
    const encoder = await loadEncoder(tiny);
    const { kernel, bias } = encoder.pooler!;
    expect([kernel.length, bias.length]).toEqual([32 * 32, 32]);
    // Output 3 of input 5, as PyTorch and as TensorFlow keep it.
    expect(kernel[5 * 32 + 3]).toBe(data[3 * 32 + 5]);
    const folder = mkdtempSync(join(tmpdir(), 'foldwise-encoder-'));
    await saveEncoder(encoder, tiny, folder, { kernel, bias: Float32Array.from(bias, (x) => x + 1) });
    const saved = await readSafetensors(join(folder, 'model.safetensors'));
    expect(saved.get('pooler.dense.weight')).toMatchObject({ shape: [32, 32], data });
    expect((saved.get('pooler.dense.bias')!.data as Float32Array)[0]).toBe(Math.fround(bias[0]! + 1));
    expect((await loadEncoder(folder)).pooler!.kernel).toEqual(kernel);
    await saveEncoder(encoder, tiny, folder);
    expect((await loadEncoder(folder)).pooler).toBeUndefined();
  });

  it('writes back what it read, byte for byte', async () => {
    const original = await readSafetensors(join(tiny, 'model.safetensors'));
    const folder = mkdtempSync(join(tmpdir(), 'foldwise-encoder-'));
    await saveEncoder(await loadEncoder(tiny), tiny, folder);
    const saved = await readSafetensors(join(folder, 'model.safetensors'));
    expect(saved.size).toBeGreaterThan(30);
    for (const [name, { data, shape }] of saved) {
      expect(shape, name).toEqual(original.get(name)!.shape);
      expect(
        Buffer.from(data.buffer, data.byteOffset, data.byteLength).equals(
          Buffer.from(original.get(name)!.data.buffer),
        ),
        name,
      ).toBe(true);
    }
    const missing = [...original.keys()].filter((name) => !saved.has(name));
    expect(missing.every((name) => /^pooler\.|position_ids/.test(name))).toBe(true);
  });

  it('reads a checkpoint of a masked-language model, whose output is tied to the words and may stand for them', async () => {
    const original = await readSafetensors(join(tiny, 'model.safetensors'));
    const folder = mkdtempSync(join(tmpdir(), 'foldwise-encoder-'));
    await saveEncoder(await loadEncoder(tiny), tiny, folder);
    const words = 'embeddings.word_embeddings.weight';
    const renamed = Array.from(original, ([name, { data, shape }]) => {
      if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32`);
      return [name === words ? 'cls.predictions.decoder.weight' : `bert.${name}`, { data, shape }] as const;
    });
    await writeSafetensors(join(folder, 'model.safetensors'), new Map(renamed));
    const { model } = await loadEncoder(folder);
    expect(model.getLayer('embeddings').weights[0]!.read().dataSync()).toEqual(original.get(words)!.data);
    const again = mkdtempSync(join(tmpdir(), 'foldwise-encoder-'));
    await saveEncoder(await loadEncoder(folder), folder, again);
    const saved = await readSafetensors(join(again, 'model.safetensors'));
    expect(saved.get(words)!.data).toEqual(original.get(words)!.data);
    expect(saved.has('cls.predictions.decoder.weight')).toBe(false);
  });
});
