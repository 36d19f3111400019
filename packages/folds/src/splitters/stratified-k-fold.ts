/**
 * Stratified k-fold. Each fold gets as many rows of a stratum as if all rows, ordered by stratum, were dealt to the
 * folds like cards, without starting again at a new stratum; scikit-learn's StratifiedKFold allocates its classes the
 * same way.
 */
import { checkFolds } from './check-folds.ts';
import { dealByHash, dealInTurn } from '../assignment/deal-by-hash.ts';
import { dealtToFolds } from './dealt.ts';
import { strata } from '../assignment/strata.ts';
import { evenGroups } from './stratified-group-k-fold.ts';

/**
 * The rows of any stratum, and all rows together, come out with fold sizes that differ by one at most.
 *
 * @param ids unique row ids: [rows]
 * @param stratumOf the stratum of each row, any numbers: [rows]
 * @returns the fold of each row, 0 to k - 1: [rows]; a row's fold does not depend on the order of the rows
 * @throws Error where k is not a whole number from 2 to the number of rows
 */
export function stratifiedKFold(
  ids: readonly string[],
  stratumOf: ArrayLike<number>,
  k: number,
  seed: number,
): Int32Array {
  checkFolds(ids.length, k);
  if (stratumOf.length !== ids.length)
    throw new Error(`expected a stratum for each of ${ids.length} rows, got ${stratumOf.length}`);
  return dealByHash(ids, stratumOf, dealInTurn(k), seed);
}

export const stratified = dealtToFolds('never', (rows, k, seed) =>
  rows.groups
    ? evenGroups(rows, k, seed)
    : stratifiedKFold(rows.ids, strata(rows.targets, rows.task), k, seed),
);
