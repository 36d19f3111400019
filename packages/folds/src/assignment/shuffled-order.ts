/** The shuffle behind the splitters: rows are ordered by a hash of their ids, never by a random generator. */
import { hashTexts } from './hash-texts.ts';
import { orderBy } from './order-by.ts';

/**
 * A row's place depends on nothing but the seed and the ids, so it is the same on every machine and in any row order.
 *
 * @param ids unique: [rows]
 * @param seed a whole number from 0 to 2³² - 1
 * @returns the rows by their ids' hashes, those of equal hashes by character code
 */
export function shuffledOrder(ids: readonly string[], seed: number): Int32Array {
  const hashes = hashTexts(ids, seed);
  const order = orderBy(allRows(ids.length), hashes);
  sortRuns(
    order,
    (a, b) => hashes[a] === hashes[b],
    (a, b) => (ids[a]! < ids[b]! ? -1 : 1),
  );
  return order;
}

/** @returns 0, 1, 2 and so on: [rows] */
export function allRows(rows: number): Int32Array {
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  return order;
}

/** Sorts, in place, each run of neighbours that are alike. */
export function sortRuns(
  order: Int32Array,
  areAlike: (a: number, b: number) => boolean,
  compare: (a: number, b: number) => number,
): void {
  for (let start = 0, end = 1; end <= order.length; end++) {
    if (end < order.length && areAlike(order[end - 1]!, order[end]!)) continue;
    if (end - start > 1) order.subarray(start, end).sort(compare);
    start = end;
  }
}
