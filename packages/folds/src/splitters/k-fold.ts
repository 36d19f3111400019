/** Plain k-fold: shuffled rows, a k-th of them in each fold. */
import { checkFolds } from './check-folds.ts';
import { dealByHash, dealInTurn } from '../assignment/deal-by-hash.ts';
import { dealtToFolds } from './dealt.ts';
import { groupKFold } from './group-k-fold.ts';

/**
 * @param ids unique row ids: [rows]
 * @returns the fold of each row, 0 to k - 1, in sizes that differ by one at most: [rows]; a row's fold does not depend
 * on the order of the rows
 * @throws Error where k is not a whole number from 2 to the number of rows
 */
export function kFold(ids: readonly string[], k: number, seed: number): Int32Array {
  checkFolds(ids.length, k);
  return dealByHash(ids, undefined, dealInTurn(k), seed);
}

/** Where near-duplicates stay together, they are groups. */
export const plain = dealtToFolds('never', ({ ids, groups }, k, seed) =>
  groups ? groupKFold(groups, k, seed) : kFold(ids, k, seed),
);
