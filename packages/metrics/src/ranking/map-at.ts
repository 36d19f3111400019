/**
 * MAP@k: the precision at the place of each relevant item among a row's first k, by as many as could be there, the
 * smaller of k and the number of relevant ones; 0 for a row without any. Averaged over the rows. Items of equal score
 * rank as their columns stand.
 */
import { checkLabels } from '../columns/checks.ts';
import type { Metric } from '../metric.ts';
import { itemOrder, overRows } from './over-rows.ts';

/** @param k 1 or more */
export function mapAt(k: number): Metric {
  return {
    name: `map@${k}`,
    direction: 'higher',
    tasks: ['multi-class', 'multi-label'],
    takes: 'ranks',
    takesWeights: true,
    score: overRows((relevant, scores) => {
      let [hits, precisions] = [0, 0];
      itemOrder(scores)
        .slice(0, k)
        .forEach((item, place) => {
          hits += relevant[item]!;
          if (relevant[item] === 1) precisions += hits / (place + 1);
        });
      const most = Math.min(
        k,
        relevant.reduce((count, one) => count + one, 0),
      );
      return most === 0 ? 0 : precisions / most;
    }, checkLabels),
  };
}
