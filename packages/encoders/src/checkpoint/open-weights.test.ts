/** Tiny BERTs in each of the published forms, which have the same weights. */
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, tf } from '@foldwise/tensorflow';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadEncoder } from '../load-encoder.ts';
import { saveEncoder } from '../save-encoder.ts';
import { openWeights } from './open-weights.ts';
import { readSafetensors } from './read-safetensors.ts';

const published = join(import.meta.dirname, '../../fixtures/published');

/** The largest difference of all hidden states to those of Python's transformers. */
async function difference(folder: string): Promise<number> {
  const reference = await readSafetensors(join(published, 'reference.safetensors'));
  const { data, shape } = reference.get('input_ids')!;
  const ids = tf.tensor(data as Int32Array, shape, 'int32');
  const { model } = await loadEncoder(folder);
  const states = model.predict([ids, tf.onesLike(ids)]) as tf.Tensor[];
  expect(states).toHaveLength(2);
  const differences = states.map((state, i) => {
    const theirs = reference.get(`hidden_states.${i}`)!;
    return state
      .sub(tf.tensor(theirs.data as Float32Array, theirs.shape))
      .abs()
      .max()
      .dataSync()[0]!;
  });
  return Math.max(...differences);
}

describe('loadEncoder', () => {
  beforeAll(async () => {
    await startEngine();
  });

  it.each([
    'safetensors',
    'pytorch',
    'sharded-safetensors',
    'sharded-pytorch',
    'float64',
    'old-names',
    'wrapped',
  ])('gives the hidden states of Python transformers for the form %s', async (form) => {
    expect(await difference(join(published, form))).toBeLessThan(1e-5);
  });

  it.each([
    ['float16', 1e-2],
    ['bfloat16', 1e-1],
  ])('gives them as near as the precision of %s allows', async (form, tolerance) => {
    const apart = await difference(join(published, form));
    expect(apart).toBeLessThan(tolerance);
    expect(apart).toBeGreaterThan(0);
  });

  it('has the pooler where the checkpoint has one', async () => {
    const kernel = async (form: string) => (await loadEncoder(join(published, form))).pooler?.kernel;
    expect(await kernel('old-names')).toEqual(await kernel('safetensors'));
    expect(await kernel('wrapped')).toBeUndefined();
  });

  it('is saved as float32, and its config.json says so to Python', async () => {
    const half = join(published, 'float16');
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-weights-'));
    await saveEncoder(await loadEncoder(half), half, folder);
    const [before, after] = await Promise.all(
      [half, folder].map(
        async (from) => JSON.parse(await readFile(join(from, 'config.json'), 'utf8')) as { dtype: string },
      ),
    );
    expect(before!.dtype).toBe('float16');
    expect(after).toEqual({ ...before, dtype: 'float32' });
    await rm(folder, { recursive: true });
  });

  it('names what is missing and the nearest that is there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-weights-'));
    await cp(join(published, 'pytorch/config.json'), join(folder, 'config.json'));
    await cp(
      join(import.meta.dirname, '../../fixtures/pytorch/views.bin'),
      join(folder, 'pytorch_model.bin'),
    );
    await expect(loadEncoder(folder)).rejects.toThrow(
      `${join(folder, 'pytorch_model.bin')} lacks the tensor embeddings.word_embeddings.weight, which config.json calls for (the nearest that it has: `,
    );
    await rm(folder, { recursive: true });
  });
});

describe('openWeights', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foldwise-weights-'));
    await cp(join(published, 'sharded-pytorch'), folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const index = () => join(folder, 'pytorch_model.bin.index.json');
  const shard = (i: number) => `pytorch_model-0000${i}-of-00002.bin`;
  const filesOf = () =>
    openWeights(folder, (open) => Promise.resolve(new Set([...open.values()].map(({ file }) => file))));
  const mapTo = (file: unknown) => writeFile(index(), JSON.stringify({ weight_map: { a: file } }));

  it('takes safetensors before a file of PyTorch', async () => {
    expect(await filesOf()).toEqual(new Set([join(folder, shard(1)), join(folder, shard(2))]));
    const safe = join(published, 'safetensors/model.safetensors');
    await cp(safe, join(folder, 'model.safetensors'));
    expect(await filesOf()).toEqual(new Set([join(folder, 'model.safetensors')]));
  });

  it('names a shard that is missing', async () => {
    await rm(join(folder, shard(2)));
    await expect(filesOf()).rejects.toThrow(`${index()} names 2 files, but ${folder} lacks ${shard(2)}`);
  });

  it('names a tensor that is not where the index has it', async () => {
    await rename(join(folder, shard(1)), join(folder, 'x'));
    await rename(join(folder, shard(2)), join(folder, shard(1)));
    await rename(join(folder, 'x'), join(folder, shard(2)));
    await expect(filesOf()).rejects.toThrow(
      `${index()} has the tensor embeddings.word_embeddings.weight in ${shard(1)}, which lacks it`,
    );
  });

  it('refuses an index that is none, or names other folders', async () => {
    await writeFile(index(), '{');
    await expect(filesOf()).rejects.toThrow(`${index()} is not JSON`);
    await writeFile(index(), '{"weight_map": []}');
    await expect(filesOf()).rejects.toThrow(`${index()} has no "weight_map" of tensors to files`);
    for (const outside of ['../secret.bin', '/etc/passwd', '..', 'a\\b', 3]) {
      await mapTo(outside);
      await expect(filesOf()).rejects.toThrow(
        `${index()} has the tensor a in ${JSON.stringify(outside)}, expected the name of a file in the same folder`,
      );
    }
  });

  it('says which files weights may be in', async () => {
    for (const file of await readdir(folder)) await rm(join(folder, file));
    await expect(filesOf()).rejects.toThrow(
      `The model folder ${folder} has no weights: expected model.safetensors or pytorch_model.bin, each also in shards`,
    );
  });
});
