/** Token ids of texts, kept on disk, so that folds and experiments with the same tokenizer share the work. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tokenizer } from '@foldwise/tokens';
import writeFileAtomic from 'write-file-atomic';

/** To be raised when the same files and texts give other ids. */
const FORMAT = 1;

export interface EncodeOnceOptions {
  /** The folder that the tokenizer was loaded from. */
  model: string;
  /** In tokens, special tokens included. */
  maxLength: number;
  /** Where ids are kept; made where it is not there. Undefined keeps nothing. */
  folder: string | undefined;
}

/**
 * As `tokenizer.encode`. What is kept is found by a hash of the tokenizer's files, the texts and the length; what is damaged
 * is made anew, and a folder that cannot be written to costs nothing but the work.
 *
 * @returns ids, at most `maxLength` for each text
 */
export async function encodeOnce(
  tokenizer: Pick<Tokenizer, 'encode'>,
  texts: readonly string[],
  { model, maxLength, folder }: EncodeOnceOptions,
): Promise<Int32Array[]> {
  if (folder === undefined) return tokenizer.encode(texts, { maxLength });
  const path = join(folder, `${await keyOf(texts, model, maxLength)}.ids`);
  const kept = await readFile(path).then(
    (bytes) => unpack(bytes, texts.length),
    () => undefined,
  );
  if (kept) return kept;
  const ids = tokenizer.encode(texts, { maxLength });
  await mkdir(folder, { recursive: true })
    .then(() => writeFileAtomic(path, pack(ids)))
    .catch(() => undefined);
  return ids;
}

async function keyOf(texts: readonly string[], model: string, maxLength: number): Promise<string> {
  const sha256 = createHash('sha256').update(JSON.stringify([FORMAT, maxLength, texts.length]));
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    sha256.update(await readFile(join(model, name)).catch(() => '-')).update('\n');
  for (const text of texts) sha256.update(JSON.stringify(text));
  return sha256.digest('hex');
}

/** The texts' lengths, then all ids, then their sum: 32 bits each, of this machine's order. */
function pack(ids: readonly Int32Array[]): Buffer {
  const total = ids.reduce((sum, { length }) => sum + length, 0);
  const numbers = new Int32Array(ids.length + total + 1);
  let at = ids.length;
  ids.forEach((one, i) => {
    numbers[i] = one.length;
    numbers.set(one, at);
    at += one.length;
  });
  numbers[at] = checksum(numbers.subarray(0, at));
  return Buffer.from(numbers.buffer);
}

function unpack(bytes: Buffer, count: number): Int32Array[] | undefined {
  if (bytes.length % 4 !== 0 || bytes.length < 4 * (count + 1)) return undefined;
  const numbers = new Int32Array(Uint8Array.from(bytes).buffer);
  const end = numbers.length - 1;
  if (numbers[end] !== checksum(numbers.subarray(0, end))) return undefined;
  let at = count;
  return Array.from(numbers.subarray(0, count), (length) => numbers.subarray(at, (at += length)));
}

const checksum = (numbers: Int32Array): number =>
  numbers.reduce((sum, value) => (Math.imul(sum, 31) + value) | 0, 7);
