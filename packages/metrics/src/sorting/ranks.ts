/** Ranks from 1, equal values sharing the mean of theirs, as `scipy.stats.rankdata` gives them. */
import { rowNumbers, sortWith } from './sort-with.ts';

/** @param values finite: [rows] */
export function ranks(values: Float64Array): Float64Array {
  const { values: sorted, payload: order } = sortWith(values, rowNumbers(values.length));
  const result = new Float64Array(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && sorted[end] === sorted[start]) end++;
    for (let i = start; i < end; i++) result[order[i]!] = (start + 1 + end) / 2;
  }
  return result;
}
