/** Encodings of texts, kept on disk, so that folds and experiments with the same tokenizer share the work. */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Encoding, Tokenizer } from '@foldwise/tokens';
import writeFileAtomic from 'write-file-atomic';

/** To be raised when the same files and texts give other encodings, or these are written otherwise. */
const FORMAT = 2;

export interface EncodeOnceOptions {
  /** The folder that the tokenizer was loaded from. */
  model: string;
  /** In tokens, special tokens included. */
  maxLength: number;
  /** Where encodings are kept; made where it is not there. Undefined keeps nothing. */
  folder: string | undefined;
}

/**
 * As `tokenizer.encodeColumns`. What is kept is found by a hash of the tokenizer's files, the texts and the length; what is
 * damaged is made anew, and a folder that cannot be written to costs nothing but the work.
 *
 * @param columns [columns][rows]
 */
export async function encodeOnce(
  tokenizer: Pick<Tokenizer, 'encodeColumns'>,
  columns: readonly (readonly string[])[],
  { model, maxLength, folder }: EncodeOnceOptions,
): Promise<Encoding[]> {
  if (folder === undefined) return tokenizer.encodeColumns(columns, { maxLength });
  const path = join(folder, `${await keyOf(columns, model, maxLength)}.ids`);
  const kept = await readFile(path).then(unpack, () => undefined);
  if (kept) return kept;
  const encodings = tokenizer.encodeColumns(columns, { maxLength });
  await mkdir(folder, { recursive: true })
    .then(() => writeFileAtomic(path, pack(encodings)))
    .catch(() => undefined);
  return encodings;
}

async function keyOf(
  columns: readonly (readonly string[])[],
  model: string,
  maxLength: number,
): Promise<string> {
  const sizes = columns.map(({ length }) => length);
  const sha256 = createHash('sha256').update(JSON.stringify([FORMAT, maxLength, sizes]));
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    sha256.update(await readFile(join(model, name)).catch(() => '-')).update('\n');
  for (const texts of columns) for (const text of texts) sha256.update(JSON.stringify(text));
  return sha256.digest('hex');
}

/**
 * Numbers of 32 bits, of this machine's order: how many encodings there are; of each its row, length, and 1 where it has
 * types; all ids; the types, of one byte each; a checksum.
 */
function pack(encodings: readonly Encoding[]): Buffer {
  const tokens = encodings.reduce((sum, { ids }) => sum + ids.length, 0);
  const typed = encodings.reduce((sum, { types }) => sum + (types?.length ?? 0), 0);
  const end = 1 + 3 * encodings.length + tokens + Math.ceil(typed / 4);
  const numbers = new Int32Array(end + 1);
  numbers[0] = encodings.length;
  let at = 1 + 3 * encodings.length;
  let typesAt = 4 * (at + tokens);
  const bytes = new Uint8Array(numbers.buffer);
  encodings.forEach(({ ids, types, row }, i) => {
    numbers.set([row, ids.length, Number(types !== undefined)], 1 + 3 * i);
    numbers.set(ids, at);
    at += ids.length;
    if (!types) return;
    bytes.set(types, typesAt);
    typesAt += types.length;
  });
  numbers[end] = checksum(numbers.subarray(0, end));
  return Buffer.from(numbers.buffer);
}

/** Undefined for what is damaged. */
function unpack(file: Buffer): Encoding[] | undefined {
  if (file.length % 4 !== 0 || file.length < 8) return undefined;
  const bytes = Uint8Array.from(file);
  const numbers = new Int32Array(bytes.buffer);
  const end = numbers.length - 1;
  if (numbers[end] !== checksum(numbers.subarray(0, end))) return undefined;
  const heads = Array.from({ length: numbers[0]! }, (_, i) => numbers.subarray(1 + 3 * i, 4 + 3 * i));
  let at = 1 + 3 * heads.length;
  let typesAt = 4 * heads.reduce((sum, [, length]) => sum + length!, at);
  return heads.map(([row, length, typed]) => {
    const ids = numbers.subarray(at, (at += length!));
    if (typed === 0) return { ids, row: row! };
    return { ids, types: bytes.subarray(typesAt, (typesAt += length!)), row: row! };
  });
}

const checksum = (numbers: Int32Array): number =>
  numbers.reduce((sum, value) => (Math.imul(sum, 31) + value) | 0, 7);
