/** A fingerprint of a fold assignment, by which out-of-fold predictions are known to belong together. */
import { createHash } from 'node:crypto';

/**
 * @param ids unique row ids: [rows]
 * @param assignment the fold of each row: [rows]
 * @returns sha256, in hexadecimal, of a line `["id",fold]` for each row, in the order of the ids' character codes
 */
export function hashFolds(ids: readonly string[], assignment: ArrayLike<number>): string {
  const order = ids.map((_, row) => row).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const sha256 = createHash('sha256');
  for (const row of order) sha256.update(`${JSON.stringify([ids[row], assignment[row]])}\n`);
  return sha256.digest('hex');
}
