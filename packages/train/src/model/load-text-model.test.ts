import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HeadRecord } from '@foldwise/data';
import { loadEncoder, readSafetensors, writeSafetensors } from '@foldwise/encoders';
import { findHead, heads, linearOutput, taskOutput } from '@foldwise/heads';
import { startEngine, tf } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeModel } from './dispose-model.ts';
import { saveTextModel } from './save-text-model.ts';
import { textModel } from './text-model.ts';
import { tinyBertOf } from '../testing/tiny-model.ts';
import { loadTextModel } from './load-text-model.ts';

const record = (change: Partial<HeadRecord> = {}): HeadRecord => ({
  head: 'mean',
  output: linearOutput,
  task: 'multi-class',
  targets: ['y'],
  classes: ['bad', 'fair', 'good'],
  maxLength: 24,
  ...change,
});

/** Logits of two texts of 7 and 4 tokens. */
function logits(model: tf.LayersModel): number[] {
  return tf.tidy(() => {
    const ids = tf.tensor2d(
      [
        [2, 9, 40, 77, 12, 30, 3],
        [2, 61, 8, 3, 0, 0, 0],
      ],
      undefined,
      'int32',
    );
    const result = model.apply([ids, ids.greater(0).toInt()]) as tf.Tensor;
    return Array.from(result.dataSync());
  });
}

/** Saves a model with this head whose weights are all moved away from their start; its folder and its logits. */
async function saved(content = record()): Promise<{ folder: string; expected: number[] }> {
  const encoder = await loadEncoder(original);
  const output = taskOutput(content.task, 3);
  const bias = Float32Array.of(0.5, -0.25, 0.125).subarray(0, output.outputs);
  const model = textModel({
    encoder,
    head: findHead(content.head),
    settings: content.output,
    output,
    seed: 3,
    bias,
  });
  tf.tidy(() => {
    for (const [i, weight] of model.weights.entries())
      weight.write(weight.read().add(tf.randomNormal(weight.shape as number[], 0, 0.05, 'float32', i + 1)));
  });
  const folder = await mkdtemp(join(tmpdir(), 'foldwise-load-'));
  await saveTextModel(folder, { model, encoder, original, record: content });
  const expected = logits(model);
  disposeModel({ encoder, model });
  return { folder, expected };
}

/** Of four layers, since there are heads that read as many. */
let original: string;

beforeAll(async () => {
  await startEngine();
  original = await tinyBertOf(4);
});

describe('loadTextModel', () => {
  it.each(Object.values(heads).flatMap(({ examples }) => examples))(
    'gives the predictions of the model that was saved: %s',
    async (head) => {
      const before = tf.memory().numTensors;
      const { folder, expected } = await saved(record({ head }));
      const loaded = await loadTextModel(folder);
      expect(logits(loaded.model)).toEqual(expected);
      expect(loaded.record).toEqual(record({ head }));
      expect(loaded.output.outputs).toBe(3);
      loaded.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('rebuilds hidden layers, and every task', async () => {
    const output = { hidden: [5, 4], activation: 'tanh' as const, dropout: 0.3, samples: 2 };
    for (const content of [
      record({ output }),
      record({ output, task: 'ordinal' }),
      record({ task: 'multi-label', targets: ['a', 'b', 'c'], classes: undefined }),
    ]) {
      const { folder, expected } = await saved(content);
      const loaded = await loadTextModel(folder);
      expect(logits(loaded.model)).toEqual(expected);
      expect(loaded.record).toEqual(content);
      expect(loaded.output.predictions).toBe(3);
      loaded.dispose();
    }
  });

  it('reads models of before these settings', async () => {
    const { folder, expected } = await saved();
    const old = { ...record(), output: undefined };
    await writeFile(join(folder, 'head.json'), JSON.stringify(old));
    const loaded = await loadTextModel(folder);
    expect(logits(loaded.model)).toEqual(expected);
    loaded.dispose();
  });

  it('reads weights by the names that they had before', async () => {
    const { folder, expected } = await saved(record({ head: 'concat:gem+mean' }));
    const file = join(folder, 'head.safetensors');
    const tensors = await readSafetensors(file);
    expect(tensors.has('head_0/log_exponent')).toBe(true);
    const old = Array.from(tensors, ([name, { shape, data }]) => {
      if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32`);
      return [name.replace('log_exponent', 'exponent_bias'), { shape, data }] as const;
    });
    await writeSafetensors(file, new Map(old));
    const loaded = await loadTextModel(folder);
    expect(logits(loaded.model)).toEqual(expected);
    loaded.dispose();
  });

  it('names what is wrong with the files, and leaves no tensors', async () => {
    const { folder: good } = await saved();
    const before = tf.memory().numTensors;
    const file = (folder: string) => join(folder, 'head.safetensors');
    const fails = async (damage: (folder: string) => Promise<void>, message: (folder: string) => string) => {
      const folder = await mkdtemp(join(tmpdir(), 'foldwise-load-'));
      await cp(good, folder, { recursive: true });
      await damage(folder);
      await expect(loadTextModel(folder)).rejects.toThrow(message(folder));
    };
    const change =
      (change: (tensors: Map<string, { shape: number[]; data: Float32Array }>) => void) =>
      async (folder: string) => {
        const tensors = (await readSafetensors(file(folder))) as Map<
          string,
          { shape: number[]; data: Float32Array<ArrayBuffer> }
        >;
        change(tensors);
        await writeSafetensors(file(folder), tensors);
      };

    await fails(
      (folder) => rm(join(folder, 'head.json')),
      (folder) => `${folder} holds no model of Foldwise: there is no head.json.`,
    );
    await fails(
      (folder) => writeFile(join(folder, 'head.json'), JSON.stringify(record({ task: 'sorting' as never }))),
      (folder) => `${folder}/head.json: task: expected one of`,
    );
    await fails(
      (folder) => writeFile(join(folder, 'head.json'), JSON.stringify(record({ head: 'maen' }))),
      (folder) => `${folder}/head.json: head: Unknown head "maen". Did you mean "mean"?`,
    );
    await fails(
      async (folder) => writeFile(file(folder), (await readFile(file(folder))).subarray(0, 200)),
      file,
    );
    await fails(
      change((tensors) => tensors.delete('output/bias')),
      (folder) => `${file(folder)} lacks the tensor output/bias, which head.json calls for.`,
    );
    await fails(
      change((tensors) => tensors.set('output/bias', { shape: [2], data: Float32Array.of(1, 2) })),
      (folder) => `${file(folder)}: the tensor output/bias has shape [2], head.json calls for [3].`,
    );
    await fails(
      change((tensors) => tensors.set('head/kernel', { shape: [1], data: Float32Array.of(1) })),
      (folder) =>
        `${file(folder)} has the tensor head/kernel, for which the head of head.json has no weight.`,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});
