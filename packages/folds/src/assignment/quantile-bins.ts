/** Bins numbers by their quantiles, so that a regression target can be stratified. */
import { countUpTo } from './order-by.ts';

/**
 * As many bins as H. A. Sturges proposed ("The Choice of a Class Interval", 1926): ⌈log₂ rows⌉ + 1. Equal values fall
 * into the same bin, so bins may be larger than others, or empty, where values repeat.
 *
 * @returns the bin of each value, lower values first: [rows]
 */
export function quantileBins(values: Float64Array): Int32Array {
  const rows = values.length;
  const bins = 33 - Math.clz32(rows - 1); // ⌈log₂ rows⌉ + 1, in integers
  const sorted = values.slice().sort();
  const edges = Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * rows) / bins)]!);
  const binOf = new Int32Array(rows);
  for (let row = 0; row < rows; row++) binOf[row] = countUpTo(edges, values[row]!);
  return binOf;
}
