/** Deals rows to folds in turn, like cards. */

/** @returns the fold of each row, by its place in the order: [rows] */
export function deal(order: Int32Array, k: number): Int32Array {
  const folds = new Int32Array(order.length);
  for (let position = 0; position < order.length; position++) folds[order[position]!] = position % k;
  return folds;
}
