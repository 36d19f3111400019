/** Ranks from 1, equal values sharing the mean of theirs, as `scipy.stats.rankdata` gives them. */

/** @param values finite: [rows] */
export function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, row) => row).sort((a, b) => values[a]! - values[b]!);
  const result = new Float64Array(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) result[order[i]!] = (start + 1 + end) / 2;
  }
  return result;
}
