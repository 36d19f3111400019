import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkpointFiles, weightFiles } from './checkpoint-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoint-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, content = '') => writeFile(join(folder, name), content);
const always = ['tokenizer.json', 'tokenizer_config.json'];

describe('checkpointFiles', () => {
  it('has the four of most checkpoints, whether they are there or not', async () => {
    const four = ['config.json', 'model.safetensors', ...always];
    expect(checkpointFiles(join(folder, 'nowhere'))).toEqual(four);
    await write('model.safetensors');
    await write('tokenizer.json');
    await write('vocab.txt');
    await write('pytorch_model.bin');
    expect(checkpointFiles(folder)).toEqual(four);
  });

  it('has the vocabulary where there is no tokenizer.json', async () => {
    for (const name of ['pytorch_model.bin', 'vocab.json', 'merges.txt', 'README.md']) await write(name);
    expect(checkpointFiles(folder)).toEqual([
      'config.json',
      'pytorch_model.bin',
      ...always,
      'vocab.json',
      'merges.txt',
    ]);
  });
});

describe('weightFiles', () => {
  it('has an index and its shards, each once', async () => {
    const map = { c: 'model-2.safetensors', a: 'model-1.safetensors', b: 'model-2.safetensors' };
    await write('model.safetensors.index.json', JSON.stringify({ weight_map: map }));
    await write('pytorch_model.bin');
    expect(weightFiles(folder)).toEqual([
      'model.safetensors.index.json',
      'model-1.safetensors',
      'model-2.safetensors',
    ]);
  });

  it('is empty where there are no weights', () => {
    expect(weightFiles(folder)).toEqual([]);
  });
});
