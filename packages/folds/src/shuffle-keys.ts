/** The shuffle behind every splitter: rows are ordered by a hash of seed and id, never by a random generator. */
import { hash } from 'node:crypto';

/**
 * A row's key depends on nothing but the seed and its id, so it is the same on every machine and in any row order.
 *
 * @param ids unique row ids: [rows]
 * @returns sha256 of `seed:id` in hexadecimal, which sorts as the shuffled order: [rows]
 */
export function shuffleKeys(ids: readonly string[], seed: number): string[] {
  return ids.map((id) => hash('sha256', `${seed}:${id}`));
}
