import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { readSafetensors } from '@foldwise/encoders';
import { heads } from '@foldwise/heads';
import { startEngine, tf } from '@foldwise/tensorflow';
import { runGraph, type Feed } from '@foldwise/tensorflow/testing/run-graph';
import { Batches, Tokenizer } from '@foldwise/tokens';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFoldModel, predictHere } from '../testing/make-fold-model.ts';
import { graphLengths, writeGraphs, type GraphsDescription } from './write-graphs.ts';

beforeAll(async () => {
  await startEngine({ engine: 'tensorflow' });
});

type Model = NonNullable<Parameters<typeof makeFoldModel>[0]>;

const texts = ['A good film, slow.', 'bad'];
const seconds = ['It is warm.', 'a very very slow film about a town'];

async function written(change: Model): Promise<{ folder: string; output: string }> {
  const folder = await makeFoldModel(change);
  const output = await mkdtemp(join(tmpdir(), 'foldwise-graphs-'));
  const before = tf.memory().numTensors;
  await writeGraphs(folder, output, { batch: 2 });
  expect(tf.memory().numTensors, 'tensors that are left').toBe(before);
  return { folder, output };
}

const describedIn = async (folder: string) =>
  JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as GraphsDescription;

/** What a program that knows the folder alone computes, in a session of TensorFlow, by the graph of this length. */
async function predictThere(folder: string, columns: string[][], length: number): Promise<number[]> {
  const { inputs, output, maxLength, padId } = await describedIn(folder);
  const tokenizer = await Tokenizer.load(folder);
  const encodings = tokenizer.encodeColumns(columns, { maxLength });
  const plan = { entries: Int32Array.of(0, 1), size: 2, length };
  const { ids, mask, types } = new Batches(encodings, [plan], padId).at(0);
  const given: Record<string, Int32Array | undefined> = {
    input_ids: ids,
    attention_mask: mask,
    token_type_ids: types,
  };
  const feeds = new Map<string, Feed>(
    inputs.map((name) => [name, { shape: [2, length], dtype: 'int32', values: given[name]! }]),
  );
  for (const [name, { shape, data }] of await readSafetensors(join(folder, 'weights.safetensors')))
    feeds.set(name, { shape, dtype: 'float32', values: data as Float32Array });
  const graph = await readFile(join(folder, `graph-2x${length}.pb`));
  return runGraph(graph, Object.fromEntries(feeds), [output])[0]!;
}

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5));
}

describe('writeGraphs', () => {
  it('writes a graph for each length, the weights once, and what must be known to feed them', async () => {
    const { output } = await written({ head: 'attention', task: 'binary', maxLength: 20 });
    expect((await readdir(output)).sort()).toEqual([
      ...['graph-2x16.pb', 'graph-2x20.pb', 'graph-2x8.pb', 'model.json', 'tokenizer.json'],
      ...['tokenizer_config.json', 'weights.safetensors'],
    ]);
    expect(await describedIn(output)).toEqual({
      format: 1,
      task: 'binary',
      inputs: ['input_ids', 'attention_mask'],
      output: 'output',
      batch: 2,
      lengths: [8, 16, 20],
      maxLength: 20,
      padId: 0,
      pair: null,
    });
    const weights = await readSafetensors(join(output, 'weights.safetensors'));
    expect([...weights.keys()].filter((name) => /^(head|output)/.test(name))).toEqual([
      ...['head/bias', 'head/kernel', 'head/score_kernel', 'output/bias', 'output/kernel'],
    ]);
  });

  const examples: Model[] = Object.values(heads)
    .flatMap(({ examples }) => examples)
    .map((head) => ({ head }));
  const outputs: Model[] = [
    { task: 'multi-class', classes: ['bad', 'fair', 'good'] },
    { task: 'ordinal', classes: ['bad', 'fair', 'good'] },
    { output: { hidden: [5, 4], activation: 'gelu', dropout: 0.3, samples: 2 }, task: 'binary' },
  ];
  it.each([...examples, ...outputs])('gives graphs that predict what the model does: %j', async (change) => {
    const { folder, output } = await written({ ...change, maxLength: 12 });
    const here = (await predictHere(folder, [texts])).flat();
    // Of these lengths, 8 holds both texts without a token less.
    for (const length of [8, 12]) expectClose(await predictThere(output, [texts], length), here);
  });

  it('takes pairs with the types of their tokens', async () => {
    const { folder, output } = await written({ texts: { columns: ['text', 'second'] } });
    const { inputs, pair } = await describedIn(output);
    expect(inputs).toEqual(['input_ids', 'attention_mask', 'token_type_ids']);
    expect(pair).toBe(' [SEP] ');
    const here = (await predictHere(folder, [texts, seconds])).flat();
    expectClose(await predictThere(output, [texts, seconds], 24), here);
  });

  it('reads models of before these settings', async () => {
    const folder = await makeFoldModel();
    const file = join(folder, 'head.json');
    const old = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    delete old['output'];
    await writeFile(file, JSON.stringify(old));
    const output = await mkdtemp(join(tmpdir(), 'foldwise-graphs-'));
    await writeGraphs(folder, output, { batch: 2 });
    expectClose(await predictThere(output, [texts], 8), (await predictHere(folder, [texts])).flat());
  });
});

describe('graphLengths', () => {
  it('has few lengths, multiples of 8 up to the longest', () => {
    expect(graphLengths(128)).toEqual([8, 16, 32, 48, 64, 96, 128]);
    expect(graphLengths(512)).toEqual([32, 64, 128, 192, 256, 384, 512]);
    expect(graphLengths(20)).toEqual([8, 16, 20]);
    expect(graphLengths(5)).toEqual([5]);
  });
});
