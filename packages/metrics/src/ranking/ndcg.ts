/**
 * Normalized discounted cumulative gain (Järvelin & Kekäläinen 2002), with linear gains and the mean gain of items of
 * equal score; `sklearn.metrics.ndcg_score`. 0 for a row without gains.
 */
import type { Metric } from '../metric.ts';
import { itemOrder, overRows } from './over-rows.ts';

/** @param k 1 or more; undefined means all items */
export function ndcg(k = Infinity): Metric {
  return {
    name: k === Infinity ? 'ndcg' : `ndcg@${k}`,
    direction: 'higher',
    tasks: ['multi-class', 'multi-label'],
    takes: 'ranks',
    takesWeights: true,
    score: overRows((gains, scores) => {
      const best = discounted(gains, gains, k);
      return best === 0 ? 0 : discounted(gains, scores, k) / best;
    }, checkGains),
  };
}

function discounted(gains: Float64Array, scores: Float64Array, k: number): number {
  const order = itemOrder(scores);
  let total = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    let [gain, discounts] = [0, 0];
    for (; end < order.length && scores[order[end]!] === scores[order[start]!]; end++) {
      gain += gains[order[end]!]!;
      if (end < k) discounts += 1 / Math.log2(end + 2);
    }
    total += (gain / (end - start)) * discounts;
  }
  return total;
}

function checkGains(gains: Float64Array): void {
  const row = gains.findIndex((gain) => gain < 0);
  if (row >= 0) throw new Error(`row ${row} of the truth is ${gains[row]}; expected a gain of 0 or more`);
}
