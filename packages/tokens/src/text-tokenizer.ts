/** Texts and pairs of texts to token ids and types, the same as Python's tokenizers gives for the same tokenizer.json. */
import { correctBertNormalizer } from './correct-bert-normalizer.ts';
import { encodeWords } from './encode-words.ts';
import type { Encoding } from './encoding.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { countSpecial, readTemplates, type Part, type Templates } from './special-tokens.ts';
import { longestFirst } from './truncate.ts';

/** What is used of tokenizers.js, or of the tokenizers of transformers.js around it. */
export interface TokenizerCore {
  encode(text: string, options: { add_special_tokens: false }): { ids: number[] };
  token_to_id(token: string): number | undefined;
}

export interface EncodeOptions {
  /** Of an encoding, in tokens, special tokens included. */
  maxLength: number;
}

/** A tokenizer whose files are read already; `Tokenizer` reads them from a folder. Runs in browsers, too. */
export class TextTokenizer {
  /** Fills a batch's rows up to its length. */
  readonly padId: number;
  /** Stands between the second and the third of several texts, which are one to the tokenizer. */
  readonly between: string;
  /** The ids of a text, without special tokens around it. */
  readonly #bare: (text: string) => number[];
  readonly #templates: Templates;

  /**
   * @param core made of the same two files
   * @param json tokenizer.json
   * @param config tokenizer_config.json; empty where there is none
   * @throws if the padding token is not in the vocabulary, or `post_processor` is of an unknown kind
   */
  constructor(core: TokenizerCore, json: JsonObject, config: JsonObject) {
    const padToken = findPadToken(json, config);
    const padId = core.token_to_id(padToken);
    if (padId === undefined) throw new Error(`it has no padding token "${padToken}" in its vocabulary`);
    this.padId = padId;
    const correct = correctBertNormalizer(json['normalizer']);
    this.#bare = encodeWords((text) => core.encode(correct(text), { add_special_tokens: false }).ids, json);
    this.#templates = readTemplates(json['post_processor']);
    const { separator } = this.#templates;
    this.between = separator === undefined ? ' ' : ` ${separator} `;
  }

  /**
   * Encodes a text, or a pair of texts, special tokens included. What is longer than `maxLength` loses last tokens, never
   * special ones, as `truncation=True` does in Python: of a pair, the longer text first.
   *
   * @param pair the second text, which may be empty; undefined where there is none
   * @throws if `maxLength` leaves no room beside the special tokens
   */
  encode(text: string, pair: string | undefined, options: EncodeOptions): Encoding {
    return this.#encode(text, pair, options, 0);
  }

  /**
   * Encodes each row of a table on its own. Of three columns or more, the first is the text, and the others are its pair:
   * joined by the token that separates texts, between spaces.
   *
   * @param columns [columns][rows]
   * @returns [rows], each with the index of its row
   * @throws as `encode`
   */
  encodeColumns(columns: readonly (readonly string[])[], options: EncodeOptions): Encoding[] {
    const [first = [], ...others] = columns;
    return first.map((text, row) => {
      const pair = others.length > 0 ? others.map((column) => column[row]!).join(this.between) : undefined;
      return this.#encode(text, pair, options, row);
    });
  }

  #encode(text: string, pair: string | undefined, { maxLength }: EncodeOptions, row: number): Encoding {
    const template = pair === undefined ? this.#templates.single : this.#templates.pair;
    const special = countSpecial(template);
    const room = maxLength - special;
    if (!Number.isInteger(maxLength) || room < 1)
      throw new Error(
        `maxLength must be a whole number over ${special}, the number of special tokens${pair === undefined ? '' : ' of a pair'}; got ${maxLength}`,
      );
    const [first, second] = [this.#bare(text), pair === undefined ? [] : this.#bare(pair)];
    const [firstLength, secondLength] = longestFirst(first.length, second.length, room);
    return fill(template, { A: first.slice(0, firstLength), B: second.slice(0, secondLength) }, row);
  }
}

/** The template with these texts in it. */
function fill(template: readonly Part[], texts: Record<'A' | 'B', readonly number[]>, row: number): Encoding {
  const ids: number[] = [];
  const types: number[] = [];
  for (const part of template) {
    const tokens = 'ids' in part ? part.ids : texts[part.text];
    for (const id of tokens) {
      ids.push(id);
      types.push(part.type);
    }
  }
  const hasTypes = types.some((type) => type !== 0);
  return { ids: Int32Array.from(ids), ...(hasTypes ? { types: Uint8Array.from(types) } : {}), row };
}

/** Tokens are written as plain strings, or as objects with `content` by older versions of transformers. */
function findPadToken(json: JsonObject, config: JsonObject): string {
  const fromConfig = contentOf(config['pad_token']);
  const { padding } = json;
  return fromConfig ?? (isJsonObject(padding) ? contentOf(padding['pad_token']) : undefined) ?? '[PAD]';
}

function contentOf(token: unknown): string | undefined {
  const content = isJsonObject(token) ? token['content'] : token;
  return typeof content === 'string' ? content : undefined;
}
