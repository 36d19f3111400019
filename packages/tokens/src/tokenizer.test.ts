import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Tokenizer } from './tokenizer.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const minilm = join(fixtures, 'minilm');
const reference = JSON.parse(await readFile(join(fixtures, 'token-ids.json'), 'utf8')) as {
  maxLength: number;
  cases: { text: string; length: number; ids: number[] }[];
};

describe('Tokenizer.encode', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await Tokenizer.load(minilm);
  });
  const ids = (text: string, maxLength: number) => [...tokenizer.encode(text, undefined, { maxLength }).ids];

  const cases = reference.cases.map((one) => ({ ...one, title: JSON.stringify(one.text.slice(0, 40)) }));
  it.each(cases)('gives the ids that Python gives for $title', ({ text, length, ids: expected }) => {
    expect(ids(text, reference.maxLength)).toEqual(expected);
    expect(ids(text, 100_000)).toHaveLength(length);
  });

  it('keeps the special tokens however short the limit', () => {
    expect(ids('A fine film.', 6)).toEqual([101, 1037, 2986, 2143, 1012, 102]);
    expect(ids('A fine film.', 5)).toEqual([101, 1037, 2986, 2143, 102]);
    expect(ids('A fine film.', 3)).toEqual([101, 1037, 102]);
    expect(() => ids('A fine film.', 2)).toThrow('maxLength must be a whole number over 2');
    expect(() => ids('A fine film.', NaN)).toThrow('got NaN');
  });

  it('knows no types of a single text', () => {
    expect(tokenizer.encode('film', undefined, { maxLength: 8 })).toEqual({
      ids: Int32Array.of(101, 2143, 102),
      row: 0,
    });
  });
});

describe('Tokenizer.load', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tokenizer-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('finds the padding token with and without tokenizer_config.json', async () => {
    const tokenizer = JSON.parse(await readFile(join(minilm, 'tokenizer.json'), 'utf8')) as object;
    const load = async (config?: object) => {
      await writeFile(join(folder, 'tokenizer.json'), JSON.stringify({ ...tokenizer, padding: null }));
      await rm(join(folder, 'tokenizer_config.json'), { force: true });
      if (config) await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify(config));
      return (await Tokenizer.load(folder)).padId;
    };
    expect(await load()).toBe(0);
    expect(await load({ pad_token: '[MASK]' })).toBe(103);
    expect(await load({ pad_token: { __type: 'AddedToken', content: '[UNK]' } })).toBe(100);
    await expect(load({ pad_token: '<pad>' })).rejects.toThrow(/has no padding token "<pad>"/);
  });

  it('names the file that it cannot use', async () => {
    const file = join(folder, 'tokenizer.json');
    await writeFile(file, '{');
    await expect(Tokenizer.load(folder)).rejects.toThrow(`${file} is not JSON`);
    await writeFile(file, '{"model": {}}');
    await expect(Tokenizer.load(folder)).rejects.toThrow(`${file} cannot be used`);
    await rm(file);
    await expect(Tokenizer.load(folder)).rejects.toThrow(/ENOENT.*tokenizer.json/);
    await cp(minilm, folder, { recursive: true });
    expect((await Tokenizer.load(folder)).padId).toBe(0);
  });
});
