/**
 * Stratified k-fold. Each fold gets as many rows of a stratum as if all rows, ordered by stratum, were dealt to the
 * folds like cards, without starting again at a new stratum; scikit-learn's StratifiedKFold allocates its classes the
 * same way.
 */
import { checkFolds } from './check-folds.ts';
import { dealByHash, dealInTurn } from '../assignment/deal-by-hash.ts';

/**
 * The rows of any stratum, and all rows together, come out with fold sizes that differ by one at most.
 *
 * @param ids unique row ids: [rows]
 * @param strata the stratum of each row, any numbers: [rows]
 * @returns the fold of each row, 0 to k - 1: [rows]; a row's fold does not depend on the order of the rows
 * @throws Error where k is not a whole number from 2 to the number of rows
 */
export function stratifiedKFold(
  ids: readonly string[],
  strata: ArrayLike<number>,
  k: number,
  seed: number,
): Int32Array {
  checkFolds(ids.length, k);
  if (strata.length !== ids.length)
    throw new Error(`expected a stratum for each of ${ids.length} rows, got ${strata.length}`);
  return dealByHash(ids, strata, dealInTurn(k), seed);
}
