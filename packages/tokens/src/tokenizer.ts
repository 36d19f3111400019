/** Text to token ids, the same as Python's tokenizers gives for the same tokenizer.json; leaves out pairs of texts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
// The core of transformers.js: importing all of that takes 300 ms more, for inference engines that are not used here.
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { correctBertNormalizer } from './correct-bert-normalizer.ts';

/** What is used of the class; its own type declarations do not resolve in ES modules. */
interface Core {
  encode(text: string, options?: { add_special_tokens: boolean }): { ids: number[] };
  token_to_id(token: string): number | undefined;
}

/**
 * A tokenizer from a Hugging Face `tokenizer.json`.
 *
 * @example
 * const tokenizer = await Tokenizer.load('models/minilm');
 * tokenizer.encode(['A fine film.'], { maxLength: 128 }); // [Int32Array [101, 1037, 2986, 2143, 1012, 102]]
 */
export class Tokenizer {
  /** Fills a batch's rows up to its length. */
  readonly padId: number;
  readonly #core: Core;
  readonly #correct: (text: string) => string;
  /** The special tokens after a text, such as `[SEP]`: truncation keeps them. */
  readonly #suffix: number[];
  readonly #specials: number;

  private constructor(core: Core, correct: (text: string) => string, padId: number) {
    this.#core = core;
    this.#correct = correct;
    this.padId = padId;
    const bare = core.encode('a', { add_special_tokens: false }).ids;
    const whole = core.encode('a').ids;
    const prefix = whole.findIndex((_, i) => bare.every((id, j) => whole[i + j] === id));
    this.#suffix = whole.slice(prefix + bare.length);
    this.#specials = whole.length - bare.length;
  }

  /**
   * Reads `tokenizer.json` and, where it is, `tokenizer_config.json` of a model's folder.
   *
   * @throws if the file is missing, is not JSON, or holds something that is not supported
   */
  static async load(folder: string): Promise<Tokenizer> {
    const file = join(folder, 'tokenizer.json');
    const json = await readJson(file);
    const config = await readJson(join(folder, 'tokenizer_config.json')).catch(ignoreAbsence);
    let core: Core;
    try {
      core = new HuggingFaceTokenizer(json, config) as Core;
    } catch (error) {
      throw new Error(`${file} cannot be used: ${(error as Error).message}`, { cause: error });
    }
    const padToken = findPadToken(json, config);
    const padId = core.token_to_id(padToken);
    if (padId === undefined) throw new Error(`${file} has no padding token "${padToken}" in its vocabulary`);
    return new Tokenizer(core, correctBertNormalizer(json['normalizer']), padId);
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

type JsonObject = Record<string, unknown>;

async function readJson(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function ignoreAbsence(error: NodeJS.ErrnoException): JsonObject {
  if (error.code === 'ENOENT') return {};
  throw error;
}

/** Tokens are written as plain strings, or as objects with `content` by older versions of transformers. */
function findPadToken(json: JsonObject, config: JsonObject): string {
  const fromConfig = config['pad_token'] as string | { content: string } | null | undefined;
  const fromPadding = (json['padding'] as { pad_token?: string } | null | undefined)?.pad_token;
  if (typeof fromConfig === 'object' && fromConfig !== null) return fromConfig.content;
  return fromConfig ?? fromPadding ?? '[PAD]';
}
