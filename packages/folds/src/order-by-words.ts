/** Orders rows by 64-bit keys: a radix sort by the upper words, eleven bits at a time, and the rest by hand. */

const BITS = 11;
const DIGITS = 2 ** BITS;

/**
 * @param high the keys' upper words, few of them equal: [rows]
 * @param low their lower words: [rows]
 * @param isBefore decides between rows of equal keys
 * @returns the rows in ascending order of their keys
 */
export function orderByWords(
  high: Uint32Array,
  low: Uint32Array,
  isBefore: (a: number, b: number) => boolean,
): Int32Array {
  const rows = high.length;
  let order = new Int32Array(rows);
  let keys = high;
  for (let row = 0; row < rows; row++) order[row] = row;
  let nextOrder = new Int32Array(rows);
  let nextKeys: Uint32Array = new Uint32Array(rows);
  // Keys go along with their rows, so that memory is read from front to back.
  for (let shift = 0; shift < 32; shift += BITS) {
    const starts = new Int32Array(DIGITS + 1);
    for (let i = 0; i < rows; i++) starts[((keys[i]! >>> shift) & (DIGITS - 1)) + 1]!++;
    for (let digit = 1; digit < DIGITS; digit++) starts[digit]! += starts[digit - 1]!;
    for (let i = 0; i < rows; i++) {
      const key = keys[i]!;
      const place = starts[(key >>> shift) & (DIGITS - 1)]!++;
      nextKeys[place] = key;
      nextOrder[place] = order[i]!;
    }
    [order, nextOrder] = [nextOrder, order];
    [keys, nextKeys] = [nextKeys, keys === high ? new Uint32Array(rows) : keys];
  }
  for (let i = 1; i < rows; i++) {
    if (keys[i] !== keys[i - 1]) continue;
    const row = order[i]!;
    let place = i;
    for (; place > 0 && keys[place - 1] === keys[i]; place--) {
      const other = order[place - 1]!;
      if (low[row] === low[other] ? !isBefore(row, other) : low[row]! > low[other]!) break;
      order[place] = other;
    }
    order[place] = row;
  }
  return order;
}
