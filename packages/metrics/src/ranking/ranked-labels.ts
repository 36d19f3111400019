/** Rows labelled 0 and 1 in the order of their scores: what the areas under curves are made of. */
import { checkLabels } from '../columns/checks.ts';
import { rowNumbers, sortWith } from '../sorting/sort-with.ts';

/**
 * Calls `add` for each score that there is, from the least to the greatest, with the weights of the rows that have it.
 *
 * @param truth 0 and 1: [rows]
 * @param scores finite: [rows]
 */
export function rankedLabels(
  truth: Float64Array,
  scores: Float64Array,
  weights: Float64Array | undefined,
  add: (ones: number, zeros: number) => void,
): void {
  checkLabels(truth);
  // Labels go with the scores where that is all that is asked of a row.
  const sorted = sortWith(scores, weights ? rowNumbers(truth.length) : Uint32Array.from(truth));
  const { values, payload } = sorted;
  for (let start = 0, end = 0; start < values.length; start = end) {
    let ones = 0;
    let zeros = 0;
    for (; end < values.length && values[end] === values[start]; end++) {
      const row = payload[end]!;
      const label = weights ? truth[row]! : row;
      const weight = weights ? weights[row]! : 1;
      ones += label * weight;
      zeros += (1 - label) * weight;
    }
    add(ones, zeros);
  }
}
