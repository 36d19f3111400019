/** Text to token ids, the same as Python's tokenizers gives for the same tokenizer.json; leaves out pairs of texts. */
import { correctBertNormalizer } from './correct-bert-normalizer.ts';
import { encodeWords } from './encode-words.ts';

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
  /** The ids of a text, without special tokens around it. */
  readonly #bare: (text: string) => number[];
  /** The special tokens before and after a text, such as `[CLS]` and `[SEP]`: truncation keeps them. */
  readonly #prefix: number[];
  readonly #suffix: number[];

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
    this.padId = padId;
    const correct = correctBertNormalizer(json['normalizer']);
    this.#bare = encodeWords((text) => core.encode(correct(text), { add_special_tokens: false }).ids, json);
    const bare = this.#bare('a');
    const whole = core.encode('a').ids;
    const start = whole.findIndex((_, i) => bare.every((id, j) => whole[i + j] === id));
    this.#prefix = whole.slice(0, start);
    this.#suffix = whole.slice(start + bare.length);
  }

  /**
   * Encodes each text on its own, special tokens included. Texts of more than `maxLength` tokens lose their last
   * ones, never the special tokens, as `truncation=True` does in Python.
   *
   * @param maxLength in tokens, special tokens included
   * @returns ids, at most `maxLength` for each text
   */
  encode(texts: readonly string[], { maxLength }: { maxLength: number }): Int32Array[] {
    const [prefix, suffix] = [this.#prefix, this.#suffix];
    const room = maxLength - prefix.length - suffix.length;
    if (!Number.isInteger(maxLength) || room < 1) {
      throw new Error(
        `maxLength must be a whole number over ${prefix.length + suffix.length}, the number of special tokens; got ${maxLength}`,
      );
    }
    return texts.map((text) => Int32Array.from([...prefix, ...this.#bare(text).slice(0, room), ...suffix]));
  }
}

/** Tokens are written as plain strings, or as objects with `content` by older versions of transformers. */
function findPadToken(json: JsonObject, config: JsonObject): string {
  const fromConfig = config['pad_token'] as string | { content: string } | null | undefined;
  const fromPadding = (json['padding'] as { pad_token?: string } | null | undefined)?.pad_token;
  if (typeof fromConfig === 'object' && fromConfig !== null) return fromConfig.content;
  return fromConfig ?? fromPadding ?? '[PAD]';
}
