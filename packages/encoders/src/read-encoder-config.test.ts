import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { families } from './families.ts';
import { readEncoderConfig } from './read-encoder-config.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'encoder-config-'));
});

afterAll(() => rm(folder, { recursive: true }));

const read = async (config: string) => {
  await writeFile(join(folder, 'config.json'), config);
  return readEncoderConfig(folder);
};

describe('readEncoderConfig', () => {
  it('chooses the family of the file that transformers wrote', async () => {
    const { family, config } = await readEncoderConfig(join(import.meta.dirname, '../fixtures/tiny-bert'));
    expect(family).toBe(families['bert']);
    expect(config).toMatchObject({
      modelType: 'bert',
      vocabSize: 102,
      hiddenSize: 32,
      maxPositionEmbeddings: 48,
    });
    expect(family.maxTokens(config)).toBe(48);
  });

  it('names the known model types, and the nearest', async () => {
    const file = join(folder, 'config.json');
    const known = Object.values(families).flatMap(({ modelTypes }) => modelTypes).join(', '); // prettier-ignore
    await expect(read('{"model_type": "gpt2"}')).rejects.toThrow(
      `${file}: "model_type" must be one of the supported ${known}; got "gpt2". Did you mean "bert"?`,
    );
    await expect(read('{}')).rejects.toThrow(
      `${file}: "model_type" must be one of the supported ${known}; it is absent`,
    );
  });

  it('names a file that is not a JSON object', async () => {
    await expect(read('{')).rejects.toThrow(`${join(folder, 'config.json')} is not JSON`);
    await expect(read('[]')).rejects.toThrow(
      `${join(folder, 'config.json')} holds [], expected a JSON object`,
    );
  });
});
