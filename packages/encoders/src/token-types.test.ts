/** Pairs of texts, whose tokens are of two types, beside Python's BertModel. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, startEngine, tf, variableOf, withPackedSequences } from '@foldwise/tensorflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, type SafeTensor } from './checkpoint/read-safetensors.ts';
import { writeSafetensors, type TensorToWrite } from './checkpoint/write-safetensors.ts';
import { inOrder } from './in-order.ts';
import { loadEncoder, type LoadedEncoder } from './load-encoder.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const tiny = join(fixtures, 'tiny-bert');

let reference: Map<string, SafeTensor>;
let encoder: LoadedEncoder;

beforeAll(async () => {
  await startEngine();
  reference = await readSafetensors(join(fixtures, 'tiny-bert-pairs.safetensors'));
  encoder = await loadEncoder(tiny, { dropout: 0, types: true });
});

const floats = (name: string) => reference.get(name)!.data as Float32Array;
const ints = (name: string) => Int32Array.from(reference.get(name)!.data as Int32Array);
const shapeOf = (name: string) => reference.get(name)!.shape;
const names = ['input_ids', 'attention_mask', 'token_type_ids'] as const;

/** The hidden states of a batch as Python pads it, and of the same tokens without padding. */
const batches: Record<string, () => tf.Tensor[]> = {
  padded: () => {
    const [input_ids, attention_mask, token_type_ids] = names.map((name) =>
      tf.tensor(ints(name), shapeOf(name), 'int32'),
    );
    const tensors = {
      token_type_ids: token_type_ids!,
      input_ids: input_ids!,
      attention_mask: attention_mask!,
    };
    return encoder.model.apply(inOrder(encoder.model, tensors)) as tf.Tensor[];
  },
  packed: () => {
    const mask = ints('attention_mask');
    const [rows, longest] = shapeOf('attention_mask') as [number, number];
    const own = (values: Int32Array) => tf.tensor2d([Array.from(values).filter((_, i) => mask[i])], undefined, 'int32'); // prettier-ignore
    const ends = [0];
    for (let row = 0; row < rows; row++)
      ends.push(ends.at(-1)! + mask.subarray(row * longest, (row + 1) * longest).reduce((a, b) => a + b));
    const sequences = {
      starts: tf.tensor1d(ends, 'int32'),
      positions: own(mask.map((_, i) => i % longest)),
      longest,
    };
    const inputs = [own(ints('input_ids')), tf.tensor2d(mask, [rows, longest]), own(ints('token_type_ids'))];
    return withPackedSequences(sequences, () => encoder.model.apply(inputs) as tf.Tensor[]);
  },
};

function largestDifference(ours: tf.Tensor, theirs: Float32Array): number {
  const values = ours.dataSync();
  expect(values.length).toBe(theirs.length);
  return Math.max(...Array.from(values, (value, i) => Math.abs(value - theirs[i]!)));
}

describe.each([
  ['padded', 'one operation at a time'],
  ['padded', 'compiled'],
  ['packed', 'compiled'],
] as const)('%s, %s', (form, mode) => {
  const run = (body: () => tf.Tensor[]) => {
    if (mode !== 'compiled') return body();
    const compiled = compile(body);
    const result = compiled();
    compiled.dispose();
    return result;
  };
  /** Of padding, what an encoder gives is left open. */
  const own = (states: tf.Tensor, like: tf.Tensor) => states.where(like.cast('bool'), 0);
  const maskOf = (states: string) => {
    const [rows, tokens, width] = shapeOf(states) as [number, number, number];
    return tf.tensor(ints('attention_mask'), [rows, tokens, 1]).tile([1, 1, width]);
  };

  it('gives the hidden states of Python transformers', () => {
    const states = run(() => batches[form]!());
    expect(states).toHaveLength(3);
    states.forEach((state, i) => {
      const mask = maskOf(`hidden_states.${i}`);
      const theirs = tf.tensor(floats(`hidden_states.${i}`), state.shape).mul(mask);
      expect(largestDifference(own(state, mask), theirs.dataSync<'float32'>())).toBeLessThan(1e-5);
    });
  });

  it('gives the gradients of Python transformers', () => {
    const weightOf = (layer: string, name: string) => {
      const { weights } = encoder.model.getLayer(layer);
      return variableOf(weights.find(({ originalName }) => originalName === `${layer}/${name}`)!);
    };
    const tables = ['word_embeddings', 'position_embeddings', 'token_type_embeddings'];
    const variables = [
      ...tables.map((name) => weightOf('embeddings', name)),
      weightOf('layer_0', 'qkv_kernel'),
    ];
    const gradients = run(() => {
      const slopes = tf.tensor(floats('gradient_weights'), shapeOf('gradient_weights'));
      const { grads } = tf.variableGrads(
        () => own(batches[form]!().at(-1)!, maskOf('gradient_weights')).mul(slopes).sum<tf.Scalar>(),
        variables,
      );
      return variables.map(({ name }) => grads[name]!);
    });
    /** Some are sums over many tokens, so that the largest number is the measure. */
    const off = (ours: tf.Tensor, theirs: Float32Array) =>
      largestDifference(ours, theirs) / Math.max(...theirs.map(Math.abs));
    for (const [i, name] of tables.entries())
      expect(off(gradients[i]!, floats(`gradient.embeddings.${name}.weight`)), name).toBeLessThan(1e-5);
    const query = 'gradient.encoder.layer.0.attention.self.query.weight';
    const [outputs, inputs] = shapeOf(query) as [number, number];
    const ofQuery = gradients[3]!.slice([0, 0], [inputs, outputs]).transpose();
    expect(off(ofQuery, floats(query))).toBeLessThan(1e-5);
  });
});

describe('token types', () => {
  it('are all 0 where the model takes none', async () => {
    const { model } = await loadEncoder(tiny);
    const [ids, mask] = names.slice(0, 2).map((name) => tf.tensor(ints(name), shapeOf(name), 'int32'));
    const without = model.predict([ids!, mask!]) as tf.Tensor[];
    const zeros = encoder.model.predict([ids!, mask!, tf.zerosLike(ids!)]) as tf.Tensor[];
    without.forEach((states, i) =>
      expect(largestDifference(states, zeros[i]!.dataSync<'float32'>())).toBeLessThan(1e-6),
    );
  });

  it('are no input of an encoder that has one type alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'foldwise-types-'));
    await cp(tiny, folder, { recursive: true });
    const config = JSON.parse(await readFile(join(tiny, 'config.json'), 'utf8')) as object;
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, type_vocab_size: 1 }));
    const tensors = new Map<string, TensorToWrite>();
    for (const [name, { data, shape }] of await readSafetensors(join(tiny, 'model.safetensors')))
      if (data instanceof Float32Array)
        tensors.set(
          name,
          name.includes('token_type') ? { data: data.subarray(0, 32), shape: [1, 32] } : { data, shape },
        );
    await writeSafetensors(join(folder, 'model.safetensors'), tensors);
    const { model } = await loadEncoder(folder, { types: true });
    expect(model.inputNames).toEqual(['input_ids', 'attention_mask']);
    await rm(folder, { recursive: true });
  });

  it('are asked for by name', () => {
    const ids = tf.zeros([1, 2], 'int32');
    expect(() => inOrder(encoder.model, { input_ids: ids, attention_mask: ids })).toThrow(
      'The model takes input_ids, attention_mask, token_type_ids; got input_ids, attention_mask.',
    );
  });
});
