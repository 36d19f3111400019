/** Sorts rows by numbers, and looks a number up among ascending ones. */
import { sortWith } from '@foldwise/metrics';

/**
 * @param order rows: [rows]
 * @param values finite numbers, by row
 * @returns the rows by ascending value, those of equal value as they were
 */
export function orderBy(order: Int32Array, values: ArrayLike<number>): Int32Array {
  const keys = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) keys[i] = values[order[i]!]!;
  return new Int32Array(sortWith(keys, Uint32Array.from(order)).payload.buffer);
}

/** @returns how many of the ascending numbers are `value` at most */
export function countUpTo(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
