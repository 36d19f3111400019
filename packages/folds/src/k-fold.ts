/** Plain k-fold: shuffled rows dealt to the folds in turn. */
import { checkFolds } from './check-folds.ts';
import { deal } from './deal.ts';
import { shuffledOrder } from './shuffled-order.ts';

/**
 * @param ids unique row ids: [rows]
 * @returns the fold of each row, 0 to k - 1, in sizes that differ by one at most: [rows]; a row's fold does not depend
 * on the order of the rows
 * @throws Error where k is not a whole number from 2 to the number of rows
 */
export function kFold(ids: readonly string[], k: number, seed: number): Int32Array {
  checkFolds(ids.length, k);
  return deal(shuffledOrder(ids, seed), k);
}
