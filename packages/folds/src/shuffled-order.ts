/** The shuffle behind every splitter: rows are ordered by a hash of seed and id, never by a random generator. */
import { shuffleKeys } from './shuffle-keys.ts';

/** @param ids unique: [rows] @returns the rows in the order of sha256 of `seed:id`, the same whatever their own order */
export function shuffledOrder(ids: readonly string[], seed: number): Int32Array {
  const keys = shuffleKeys(ids, seed);
  return Int32Array.from(ids, (_, row) => row).sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1));
}
