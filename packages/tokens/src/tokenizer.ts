/** Tokenizers from the files of a Hugging Face model's folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
// The core of transformers.js: importing all of that takes 300 ms more, for inference engines that are not used here.
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import type { JsonObject } from './json-object.ts';
import { TextTokenizer } from './text-tokenizer.ts';

/**
 * A tokenizer from a Hugging Face `tokenizer.json`.
 *
 * @example
 * const tokenizer = await Tokenizer.load('models/minilm');
 * tokenizer.encode('A fine film.', undefined, { maxLength: 128 }).ids; // [101, 1037, 2986, 2143, 1012, 102]
 */
export class Tokenizer extends TextTokenizer {
  /**
   * Reads `tokenizer.json` and, where it is, `tokenizer_config.json` of a model's folder.
   *
   * @throws if the file is missing, is not JSON, or holds something that is not supported
   */
  static async load(folder: string): Promise<Tokenizer> {
    const file = join(folder, 'tokenizer.json');
    const json = await readJson(file);
    const config = await readJson(join(folder, 'tokenizer_config.json')).catch(ignoreAbsence);
    try {
      return new Tokenizer(new HuggingFaceTokenizer(json, config), json, config);
    } catch (error) {
      throw new Error(`${file} cannot be used: ${(error as Error).message}`, { cause: error });
    }
  }
}

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
