/** A fingerprint of a split, by which out-of-fold predictions are known to belong together. */
import { createHash } from 'node:crypto';
import { shuffledOrder } from '../assignment/shuffled-order.ts';
import type { Split } from './split.ts';

/** Hashed at once; a line at a time takes twice as long. */
const LINES = 1000;

/**
 * @param ids unique row ids: [rows]
 * @returns sha256, in hexadecimal, of a line `["id",fold]` for each row, in the order of the ids' MurmurHash3; with
 * more codes than one in more places, and below a line with the split's rule where it has one
 */
export function hashFolds(ids: readonly string[], { codes, rule }: Pick<Split, 'codes' | 'rule'>): string {
  const order = shuffledOrder(ids, 0);
  const sha256 = createHash('sha256');
  if (rule !== undefined) sha256.update(`${rule}\n`);
  for (let start = 0; start < order.length; start += LINES) {
    let lines = '';
    for (const row of order.subarray(start, start + LINES))
      lines += `${JSON.stringify([ids[row], ...codes.map(({ values }) => values[row])])}\n`;
    sha256.update(lines);
  }
  return sha256.digest('hex');
}
