import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { Tokenizer } from './tokenizer.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

/** What Python's transformers gives; texts are indices into `pieces`. */
interface Reference {
  pieces: string[];
  cases: {
    first: number[];
    second: number[];
    maxLength: number;
    /** The first token of type 1, and the number of all. */
    start: number;
    end: number;
    /** Of the ids. */
    crc: number;
    ids?: number[];
  }[];
}

let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = await Tokenizer.load(join(fixtures, 'minilm'));
});

describe('Tokenizer of pairs', () => {
  it('gives the ids, types and truncation that Python gives', async () => {
    const { pieces, cases } = JSON.parse(await readFile(join(fixtures, 'pairs.json'), 'utf8')) as Reference;
    expect(cases).toHaveLength(1000);
    cases.forEach(({ first, second, maxLength, start, end, crc, ids: expected }, i) => {
      const [text, pair] = [first, second].map((text) => text.map((p) => pieces[p]!).join(' '));
      const { ids, types } = tokenizer.encode(text!, pair, { maxLength });
      const of = `pair ${i}`;
      expect(types, of).toEqual(Uint8Array.from({ length: end }, (_, token) => Number(token >= start)));
      if (expected) expect([...ids], of).toEqual(expected);
      expect(ids.length, of).toBe(end);
      expect(crc32(Buffer.from(ids.buffer)), of).toBe(crc);
    });
  });

  it('takes rows of columns, each with its index', () => {
    const options = { maxLength: 8 };
    expect(tokenizer.encodeColumns([['film', 'fine']], options)).toEqual([
      { ids: Int32Array.of(101, 2143, 102), row: 0 },
      { ids: Int32Array.of(101, 2986, 102), row: 1 },
    ]);
    expect(tokenizer.encodeColumns([['film', ''], ['fine', 'a']], options)).toEqual([
      { ids: Int32Array.of(101, 2143, 102, 2986, 102), types: Uint8Array.of(0, 0, 0, 1, 1), row: 0 },
      { ids: Int32Array.of(101, 102, 1037, 102), types: Uint8Array.of(0, 0, 1, 1), row: 1 },
    ]); // prettier-ignore
    expect(tokenizer.encodeColumns([[], []], options)).toEqual([]);
    expect(tokenizer.encodeColumns([], options)).toEqual([]);
  });

  it('takes three texts for the first and a pair of the others, with the separator in between', () => {
    const [encoding] = tokenizer.encodeColumns([['film'], ['fine'], ['a']], { maxLength: 9 });
    expect(encoding).toEqual({
      ids: Int32Array.of(101, 2143, 102, 2986, 102, 1037, 102),
      types: Uint8Array.of(0, 0, 0, 1, 1, 1, 1),
      row: 0,
    });
  });

  it('refuses a length without room for a token of a pair', () => {
    expect(() => tokenizer.encode('a', 'b', { maxLength: 3 })).toThrow(
      'maxLength must be a whole number over 3, the number of special tokens of a pair; got 3',
    );
    expect(tokenizer.encode('a film', 'b', { maxLength: 4 }).ids).toEqual(Int32Array.of(101, 1037, 102, 102));
  });
});
