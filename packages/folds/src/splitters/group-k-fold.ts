/** Group k-fold: the rows of a group stay together, and the folds are as large as each other as groups allow. */
import { checkGroups } from './check-folds.ts';
import { indexValues, lookUp } from '../assignment/index-values.ts';
import { orderBy } from '../assignment/order-by.ts';
import { shuffledOrder } from '../assignment/shuffled-order.ts';
import { dealtToFolds } from './dealt.ts';

/**
 * Groups go, the largest first and those of one size shuffled, each to the fold with the fewest rows; scikit-learn's
 * GroupKFold deals them the same way.
 *
 * @param groups the group of each row: [rows]
 * @returns the fold of each row, 0 to k - 1: [rows]; it depends on the groups' names and sizes, not on the rows' order
 * @throws Error for fewer groups than folds
 */
export function groupKFold(groups: readonly string[], k: number, seed: number): Int32Array {
  const { index, values } = indexValues(groups);
  checkGroups(values.length, k);
  const sizes = new Int32Array(values.length);
  for (const group of index) sizes[group]!++;
  const order = orderBy(
    shuffledOrder(values, seed),
    sizes.map((size) => -size),
  );
  const filled = new Float64Array(k);
  const foldOf = new Int32Array(values.length);
  for (const group of order) {
    let least = 0;
    for (let fold = 1; fold < k; fold++) if (filled[fold]! < filled[least]!) least = fold;
    foldOf[group] = least;
    filled[least]! += sizes[group]!;
  }
  return lookUp(foldOf, index);
}

export const group = dealtToFolds('always', ({ groups }, k, seed) => groupKFold(groups!, k, seed));
