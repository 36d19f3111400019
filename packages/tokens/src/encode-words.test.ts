import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { encodeWords } from './encode-words.ts';
import type { JsonObject } from './json-object.ts';

const file = join(import.meta.dirname, '../fixtures/minilm/tokenizer.json');
const json = JSON.parse(await readFile(file, 'utf8')) as JsonObject;

/** What stands between spaces and punctuation, and what looks like either but is neither, or is part of a character. */
// prettier-ignore
const pieces = [
  ' ', ' ', ' ', '\t', '\n', '\u00a0', '\u3000', '\u0000', '\u00ad', '\u200d', '\ufffd',
  '.', ',', "'", '-', '[', ']', '`', '~', '\u2014', '\u00bf', '\u3002', '$', '^', '|', '\u226e',
  'film', 'Film', 'un', 'believable', 's', '42', 'caf\u00e9', 'e\u0301', '\u0301', 'A\u030a', '\u0130', '\u1e9e',
  '[SEP]', '[sep]', '[MASK]', '##s', '\u6f22', '\u5b57', '\uac00', '\u{1f600}', '\u{20000}', '\ud83d', '\u0928\u093f',
];

/** Texts of such pieces, the same in each run (a linear congruential generator). */
const texts = (() => {
  let state = 7;
  const next = (below: number) =>
    Math.floor(((state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32) * below);
  return Array.from({ length: 3000 }, () =>
    Array.from({ length: next(12) }, () => pieces[next(pieces.length)]!).join(''),
  );
})();

/** With the texts that tokenizers.js was asked for. */
function counted(json: JsonObject) {
  const core = new Tokenizer(json, {});
  const asked: string[] = [];
  const encode = (text: string) => {
    asked.push(text);
    return core.encode(text, { add_special_tokens: false }).ids;
  };
  return { asked, encode };
}

describe('encodeWords', () => {
  const bert = json['normalizer'] as JsonObject;
  it.each([
    { lowercase: true },
    { lowercase: false },
    { strip_accents: false },
    { handle_chinese_chars: false },
    { clean_text: false },
  ])('gives what whole texts give, with %o', (normalizer) => {
    const { encode } = counted({ ...json, normalizer: { ...bert, ...normalizer } });
    const byWords = encodeWords(encode, json);
    for (const text of texts) expect(byWords(text), JSON.stringify(text)).toEqual(encode(text));
  });

  it('asks for each word once, but for long ones and texts with special tokens', () => {
    const { asked, encode } = counted(json);
    const byWords = encodeWords(encode, json);
    const long = 'x'.repeat(65);
    for (const text of ['a film, a film', `film ${long}`, long, 'a [SEP] a', 'a [SEP] a', ' ']) byWords(text);
    expect(asked).toEqual(['a', 'film', ',', long, long, 'a [SEP] a', 'a [SEP] a']);
  });

  it('takes texts whole for other tokenizers', () => {
    const { encode } = counted(json);
    const added = json['added_tokens'] as object[];
    expect(encodeWords(encode, { ...json, normalizer: null })).toBe(encode);
    expect(encodeWords(encode, { ...json, pre_tokenizer: { type: 'ByteLevel' } })).toBe(encode);
    expect(encodeWords(encode, { ...json, model: { type: 'BPE', fuse_unk: true } })).toBe(encode);
    const normalized = { content: 'new york', normalized: true };
    expect(encodeWords(encode, { ...json, added_tokens: [...added, normalized] })).toBe(encode);
  });
});
