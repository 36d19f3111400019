/** The shuffle behind the splitters: rows are ordered by a hash of seed and id, never by a random generator. */
import { hash } from 'node:crypto';
import { orderByWords } from './order-by-words.ts';
import { sha256Simd } from './sha256-simd.ts';

/** From here on it pays to compile. */
const MANY = 5000;

/**
 * A row's place depends on nothing but the seed and the ids, so it is the same on every machine and in any row order.
 *
 * @param ids unique: [rows]
 * @returns the rows in the order of sha256 of `seed:id` in UTF-8
 */
export function shuffledOrder(ids: readonly string[], seed: number): Int32Array {
  const digest = (row: number): string => hash('sha256', `${seed}:${ids[row]}`);
  const { high, low } =
    (ids.length >= MANY ? sha256Simd(`${seed}:`, ids) : undefined) ?? wordsOf(ids.length, digest);
  return orderByWords(high, low, (a, b) => digest(a) < digest(b));
}

function wordsOf(rows: number, digest: (row: number) => string): { high: Uint32Array; low: Uint32Array } {
  const high = new Uint32Array(rows);
  const low = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const text = digest(row);
    high[row] = parseInt(text.slice(0, 8), 16);
    low[row] = parseInt(text.slice(8, 16), 16);
  }
  return { high, low };
}
