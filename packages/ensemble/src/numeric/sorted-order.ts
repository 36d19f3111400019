/**
 * The order of numbers, several times as fast as by comparing them: three rounds of bucket sort by the upper half of their
 * bits, whose order is that of the numbers (M. Herf 2001), then by comparison what that left together.
 */

const BITS = 11;
const BUCKETS = 1 << BITS;
/** Runs of numbers alike in the upper half that are this short are sorted by insertion. */
const SHORT = 32;

/** @returns a function that gives the rows from the least value up, in an array that the next call reuses */
export function sortedOrder(rows: number): (values: Float64Array) => Uint32Array {
  const keys = new Uint32Array(rows);
  const counts = new Uint32Array(3 * BUCKETS);
  const [order, spare] = [new Uint32Array(rows), new Uint32Array(rows)];
  return (values) => {
    const halves = new Uint32Array(values.buffer, values.byteOffset, 2 * rows);
    counts.fill(0);
    for (let row = 0; row < rows; row++) {
      // Little-endian, as every machine that Node runs on: the second half is the upper one.
      const upper = halves[2 * row + 1]!;
      const key = upper >>> 31 ? ~upper >>> 0 : upper | 0x80000000;
      keys[row] = key;
      counts[(key >>> 0) & (BUCKETS - 1)]!++;
      counts[BUCKETS + ((key >>> BITS) & (BUCKETS - 1))]!++;
      counts[2 * BUCKETS + (key >>> (2 * BITS))]!++;
    }
    for (let row = 0; row < rows; row++) spare[row] = row;
    let [from, to] = [spare, order];
    for (let round = 0; round < 3; round++) {
      const base = round * BUCKETS;
      let start = 0;
      for (let bucket = base; bucket < base + BUCKETS; bucket++) {
        const count = counts[bucket]!;
        counts[bucket] = start;
        start += count;
      }
      const shift = round * BITS;
      for (let i = 0; i < rows; i++) {
        const row = from[i]!;
        to[counts[base + ((keys[row]! >>> shift) & (BUCKETS - 1))]!++] = row;
      }
      [from, to] = [to, from];
    }
    finish(from, keys, values);
    return from;
  };
}

function finish(order: Uint32Array, keys: Uint32Array, values: Float64Array): void {
  for (let start = 0, end = 0; start < order.length; start = end) {
    const key = keys[order[start]!]!;
    while (end < order.length && keys[order[end]!]! === key) end++;
    if (end - start > SHORT) order.subarray(start, end).sort((a, b) => values[a]! - values[b]!);
    else
      for (let i = start + 1; i < end; i++) {
        const row = order[i]!;
        let j = i;
        for (; j > start && values[order[j - 1]!]! > values[row]!; j--) order[j] = order[j - 1]!;
        order[j] = row;
      }
  }
}
