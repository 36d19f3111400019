/** A fingerprint of a split, by which out-of-fold predictions are known to belong together. */
import { createHash } from 'node:crypto';
import type { Split } from './split.ts';

/**
 * @param ids unique row ids: [rows]
 * @returns sha256, in hexadecimal, of a line `["id",fold]` for each row, in the order of the ids' character codes; with
 * more codes than one in more places, and below a line with the split's rule where it has one
 */
export function hashFolds(ids: readonly string[], { codes, rule }: Pick<Split, 'codes' | 'rule'>): string {
  const order = ids.map((_, row) => row).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const sha256 = createHash('sha256');
  if (rule !== undefined) sha256.update(`${rule}\n`);
  for (const row of order)
    sha256.update(`${JSON.stringify([ids[row], ...codes.map(({ values }) => values[row])])}\n`);
  return sha256.digest('hex');
}
