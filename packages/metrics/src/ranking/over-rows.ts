/** Columns as items that each row ranks by its scores: what MAP@k, MRR and NDCG are made of. */
import { checkColumns } from '../columns/checks.ts';
import type { Columns, Metric } from '../metric.ts';
import { oneHot } from '../columns/one-hot.ts';
import { mean } from '../columns/sums.ts';

/**
 * @param ofRow scores a row: the gain of each item, and its score; arrays that it may change: [items]
 * @param checkGains throws for a column of gains that the metric does not take
 * @returns a `score` that takes the index of the one relevant item, [1][rows], or the gain of each, [items][rows]
 */
export function overRows(
  ofRow: (gains: Float64Array, scores: Float64Array) => number,
  checkGains: (gains: Float64Array) => void,
): Metric['score'] {
  return (truth, predictions, weights) => {
    checkColumns(truth, predictions, weights);
    const items = predictions.length;
    if (items < 2 || (truth.length !== 1 && truth.length !== items))
      throw new Error(
        `expected the scores of two items or more, got ${items} columns for the truth of ${truth.length} targets`,
      );
    const gains: Columns = truth.length === 1 ? oneHot(truth[0]!, items) : truth;
    gains.forEach((column) => checkGains(column));
    const [g, s] = [new Float64Array(items), new Float64Array(items)];
    return mean(
      truth[0]!.length,
      (row) => {
        for (let item = 0; item < items; item++) {
          g[item] = gains[item]![row]!;
          s[item] = predictions[item]![row]!;
        }
        return ofRow(g, s);
      },
      weights,
    );
  };
}

/** @returns the indices of the items from the highest score to the lowest, equal ones as they come: [items] */
export function itemOrder(scores: Float64Array): number[] {
  return Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
}
