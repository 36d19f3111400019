/** Sorts rows by numbers, stably: a radix sort, eight bits at a time, or all at once where the numbers are few. */
import { sortableWords } from './sortable-words.ts';

/** With more, each of the places written to is on a memory page of its own, whose look-up takes most of the time. */
const BITS = 8;
/** Below, the tables of the radix sort cost more than comparing. */
const FEW = 4096;

/**
 * @param order rows: [rows]
 * @param values numbers, none of them NaN, by row
 * @returns the rows by ascending value, those of equal value as they were
 */
export function orderBy(order: Int32Array, values: ArrayLike<number>): Int32Array {
  if (order.length < FEW) return order.slice().sort((a, b) => values[a]! - values[b]!);
  let [from, to] = [order.slice(), new Int32Array(order.length)];
  let [keys, nextKeys] = [new Uint32Array(order.length), new Uint32Array(order.length)];
  for (const { words, bits } of sortableWords(values)) {
    for (let i = 0; i < from.length; i++) keys[i] = words[from[i]!]!;
    // A table that is hardly larger than the rows is worth it.
    const step = 2 ** bits <= 2 * order.length ? bits : BITS;
    for (let shift = 0; shift < bits; shift += step) {
      const isLast = shift + step >= bits;
      // Keys go along with their rows, so that memory is read from front to back.
      sortByDigit(from, to, keys, isLast ? undefined : nextKeys, shift, step);
      [from, to] = [to, from];
      [keys, nextKeys] = [nextKeys, keys];
    }
  }
  return from;
}

function sortByDigit(
  from: Int32Array,
  to: Int32Array,
  keys: Uint32Array,
  nextKeys: Uint32Array | undefined,
  shift: number,
  bits: number,
): void {
  const mask = 2 ** bits - 1;
  const starts = new Int32Array(mask + 2);
  for (let i = 0; i < keys.length; i++) starts[((keys[i]! >>> shift) & mask) + 1]!++;
  for (let digit = 1; digit <= mask; digit++) starts[digit]! += starts[digit - 1]!;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const place = starts[(key >>> shift) & mask]!++;
    to[place] = from[i]!;
    if (nextKeys) nextKeys[place] = key;
  }
}
