/** Sorts rows by numbers, stably: a radix sort by the bits of the doubles, eleven at a time. */

const BITS = 11;
/** Below, the tables of the radix sort cost more than comparing. */
const FEW = 4096;

/**
 * @param order rows: [rows]
 * @param values numbers, none of them NaN: [rows]
 * @returns the rows by ascending value, those of equal value as they were
 */
export function orderBy(order: Int32Array, values: ArrayLike<number>): Int32Array {
  const rows = order.length;
  if (rows < FEW) return order.slice().sort((a, b) => values[a]! - values[b]!);
  const { low, high } = sortableWords(values);
  let from: Int32Array = order.slice();
  let to: Int32Array = new Int32Array(rows);
  for (const [words, shift] of [
    [low, 0],
    [low, 11],
    [low, 22],
    [high, 0],
    [high, 11],
    [high, 22],
  ] as const) {
    // prettier-ignore
    const starts = new Int32Array(2 ** BITS + 1);
    for (let row = 0; row < rows; row++) starts[((words[row]! >>> shift) & (2 ** BITS - 1)) + 1]!++;
    if (starts.includes(rows)) continue; // All have the same bits.
    for (let b = 1; b < starts.length; b++) starts[b]! += starts[b - 1]!;
    for (let i = 0; i < rows; i++) {
      const row = from[i]!;
      to[starts[(words[row]! >>> shift) & (2 ** BITS - 1)]!++] = row;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Unsigned words in the order of the doubles: negative ones have all bits turned, others the sign alone. */
function sortableWords(values: ArrayLike<number>): { low: Uint32Array; high: Uint32Array } {
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  const [lower, upper] = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? [0, 1] : [1, 0];
  for (let row = 0; row < values.length; row++) {
    double[0] = values[row]! + 0; // -0 becomes 0.
    const turned = words[upper]! >>> 31 ? 0xffffffff : 0;
    low[row] = words[lower]! ^ turned;
    high[row] = words[upper]! ^ (turned | 0x80000000);
  }
  return { low, high };
}
