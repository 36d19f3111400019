/**
 * Mean reciprocal rank: 1 by the place of a row's first relevant item, 0 where none is relevant or, of MRR@k, among the
 * first k. Items of equal score rank as their columns stand.
 */
import { checkLabels } from '../columns/checks.ts';
import type { Metric } from '../metric.ts';
import { itemOrder, overRows } from './over-rows.ts';

/** @param k 1 or more; undefined means all items */
export function mrr(k?: number): Metric {
  return {
    name: k === undefined ? 'mrr' : `mrr@${k}`,
    direction: 'higher',
    tasks: ['multi-class', 'multi-label'],
    takes: 'ranks',
    takesWeights: true,
    score: overRows((relevant, scores) => {
      const place = itemOrder(scores)
        .slice(0, k)
        .findIndex((item) => relevant[item] === 1);
      return place < 0 ? 0 : 1 / (place + 1);
    }, checkLabels),
  };
}
