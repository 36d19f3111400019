import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeOnce } from './encode-once.ts';

/** The character codes of a text, and how often it was asked. */
function makeTokenizer() {
  const asked = { times: 0 };
  const encode = (texts: readonly string[], { maxLength }: { maxLength: number }) => {
    asked.times++;
    return texts.map((text) => Int32Array.from([...text].slice(0, maxLength), (c) => c.charCodeAt(0)));
  };
  return { asked, tokenizer: { encode } };
}

const texts = ['ab', '', 'cde'];
const ids = [Int32Array.of(97, 98), new Int32Array(), Int32Array.of(99, 100, 101)];
let model: string;
let folder: string;

beforeEach(async () => {
  model = await mkdtemp(join(tmpdir(), 'foldwise-tokens-'));
  folder = join(model, 'kept', 'here');
  await writeFile(join(model, 'tokenizer.json'), '{}');
});

describe('encodeOnce', () => {
  it('asks the tokenizer once for the same texts', async () => {
    const { asked, tokenizer } = makeTokenizer();
    const options = { model, maxLength: 8, folder };
    expect(await encodeOnce(tokenizer, texts, options)).toEqual(ids);
    expect(await encodeOnce(tokenizer, texts, options)).toEqual(ids);
    expect(asked.times).toBe(1);
  });

  it.each<[string, (options: { model: string; maxLength: number; folder: string }) => Promise<unknown>]>([
    ['texts', async (options) => encodeOnce(makeTokenizer().tokenizer, ['abc', '', 'de'], options)],
    [
      'a length',
      async (options) => encodeOnce(makeTokenizer().tokenizer, texts, { ...options, maxLength: 2 }),
    ],
    [
      'a tokenizer',
      async (options) => {
        await writeFile(join(model, 'tokenizer.json'), '{ }');
        return encodeOnce(makeTokenizer().tokenizer, texts, options);
      },
    ],
  ])('keeps those of other %s apart', async (_, other) => {
    const options = { model, maxLength: 8, folder };
    await encodeOnce(makeTokenizer().tokenizer, texts, options);
    await other(options);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('makes anew what is damaged', async () => {
    const options = { model, maxLength: 8, folder };
    await encodeOnce(makeTokenizer().tokenizer, texts, options);
    const [file] = await readdir(folder);
    // The lengths 2, 0, 3, five ids and a sum of another.
    await writeFile(join(folder, file!), Buffer.from(Int32Array.of(2, 0, 3, 97, 98, 99, 100, 102, 0).buffer));
    const { asked, tokenizer } = makeTokenizer();
    expect(await encodeOnce(tokenizer, texts, options)).toEqual(ids);
    expect(asked.times).toBe(1);
  });

  it('goes on where nothing can be kept', async () => {
    await writeFile(join(model, 'file'), '');
    const { tokenizer } = makeTokenizer();
    const options = { model, maxLength: 8, folder: join(model, 'file', 'below') };
    expect(await encodeOnce(tokenizer, texts, options)).toEqual(ids);
    expect(await encodeOnce(tokenizer, texts, { ...options, folder: undefined })).toEqual(ids);
  });
});
