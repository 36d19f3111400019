/** Text to token ids, the same as Python's tokenizers gives for the same tokenizer.json; leaves out pairs of texts. */
import { correctBertNormalizer } from './correct-bert-normalizer.ts';

/** What is used of tokenizers.js, or of the tokenizers of transformers.js around it. */
export interface TokenizerCore {
  encode(text: string, options?: { add_special_tokens: boolean }): { ids: number[] };
  token_to_id(token: string): number | undefined;
}

export type JsonObject = Record<string, unknown>;

/** A tokenizer whose files are read already; `Tokenizer` reads them from a folder. Runs in browsers, too. */
export class TextTokenizer {
  /** Fills a batch's rows up to its length. */
  readonly padId: number;
  readonly #core: TokenizerCore;
  readonly #correct: (text: string) => string;
  /** The special tokens after a text, such as `[SEP]`: truncation keeps them. */
  readonly #suffix: number[];
  readonly #specials: number;

  /**
   * @param core made of the same two files
   * @param json tokenizer.json
   * @param config tokenizer_config.json; empty where there is none
   * @throws if the padding token is not in the vocabulary
   */
  constructor(core: TokenizerCore, json: JsonObject, config: JsonObject) {
    const padToken = findPadToken(json, config);
    const padId = core.token_to_id(padToken);
    if (padId === undefined) throw new Error(`it has no padding token "${padToken}" in its vocabulary`);
    this.#core = core;
    this.#correct = correctBertNormalizer(json['normalizer']);
    this.padId = padId;
    const bare = core.encode('a', { add_special_tokens: false }).ids;
    const whole = core.encode('a').ids;
    const prefix = whole.findIndex((_, i) => bare.every((id, j) => whole[i + j] === id));
    this.#suffix = whole.slice(prefix + bare.length);
    this.#specials = whole.length - bare.length;
  }

  /**
   * Encodes each text on its own, special tokens included. Texts of more than `maxLength` tokens lose their last
   * ones, never the special tokens, as `truncation=True` does in Python.
   *
   * @param maxLength in tokens, special tokens included
   * @returns ids, at most `maxLength` for each text
   */
  encode(texts: readonly string[], { maxLength }: { maxLength: number }): Int32Array[] {
    if (!Number.isInteger(maxLength) || maxLength <= this.#specials) {
      throw new Error(
        `maxLength must be a whole number over ${this.#specials}, the number of special tokens; got ${maxLength}`,
      );
    }
    return texts.map((text) => {
      const { ids } = this.#core.encode(this.#correct(text));
      if (ids.length > maxLength) ids.splice(maxLength - this.#suffix.length, Infinity, ...this.#suffix);
      return Int32Array.from(ids);
    });
  }
}

/** Tokens are written as plain strings, or as objects with `content` by older versions of transformers. */
function findPadToken(json: JsonObject, config: JsonObject): string {
  const fromConfig = config['pad_token'] as string | { content: string } | null | undefined;
  const fromPadding = (json['padding'] as { pad_token?: string } | null | undefined)?.pad_token;
  if (typeof fromConfig === 'object' && fromConfig !== null) return fromConfig.content;
  return fromConfig ?? fromPadding ?? '[PAD]';
}
