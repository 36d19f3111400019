import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeOnce } from './encode-once.ts';

/** The character codes of the first column, with the length of the second as a type; and how often it was asked. */
function makeTokenizer() {
  const asked = { times: 0 };
  const encodeColumns = ([first, second]: readonly (readonly string[])[], options: { maxLength: number }) => {
    asked.times++;
    return first!.map((text, row) => {
      const ids = Int32Array.from(text.slice(0, options.maxLength), (c) => c.charCodeAt(0));
      return { ids, ...(second ? { types: new Uint8Array(ids.length).fill(second[row]!.length) } : {}), row };
    });
  };
  return { asked, tokenizer: { encodeColumns } };
}

const texts = [['ab', '', 'cde']];
const encodings = [Int32Array.of(97, 98), new Int32Array(), Int32Array.of(99, 100, 101)].map((ids, row) => ({
  ids,
  row,
}));

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
    expect(await encodeOnce(tokenizer, texts, options)).toEqual(encodings);
    expect(await encodeOnce(tokenizer, texts, options)).toEqual(encodings);
    expect(asked.times).toBe(1);
  });

  it('keeps types, and the columns of a pair apart', async () => {
    const { asked, tokenizer } = makeTokenizer();
    const options = { model, maxLength: 8, folder };
    const pairs = [['ab', '', 'cde'], ['x', 'y', 'xyz']]; // prettier-ignore
    const [a, b, c] = encodings;
    const expected = [
      { ...a!, types: Uint8Array.of(1, 1) },
      { ...b!, types: Uint8Array.of() },
      { ...c!, types: Uint8Array.of(3, 3, 3) },
    ];
    for (let i = 0; i < 2; i++) expect(await encodeOnce(tokenizer, pairs, options)).toEqual(expected);
    expect(asked.times).toBe(1);
    await encodeOnce(tokenizer, [pairs.flat()], options);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it.each<[string, (options: { model: string; maxLength: number; folder: string }) => Promise<unknown>]>([
    ['texts', async (options) => encodeOnce(makeTokenizer().tokenizer, [['abc', '', 'de']], options)],
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
    // Three encodings of row, length and no types; five ids; and a sum of others.
    const numbers = Int32Array.of(3, 0, 2, 0, 1, 0, 0, 2, 3, 0, 97, 98, 99, 100, 102, 0);
    expect(await readFile(join(folder, file!))).toHaveLength(numbers.byteLength);
    await writeFile(join(folder, file!), Buffer.from(numbers.buffer));
    const { asked, tokenizer } = makeTokenizer();
    expect(await encodeOnce(tokenizer, texts, options)).toEqual(encodings);
    expect(asked.times).toBe(1);
  });

  it('goes on where nothing can be kept', async () => {
    await writeFile(join(model, 'file'), '');
    const { tokenizer } = makeTokenizer();
    const options = { model, maxLength: 8, folder: join(model, 'file', 'below') };
    expect(await encodeOnce(tokenizer, texts, options)).toEqual(encodings);
    expect(await encodeOnce(tokenizer, texts, { ...options, folder: undefined })).toEqual(encodings);
  });
});
