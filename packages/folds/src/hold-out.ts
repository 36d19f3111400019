/** Hold-out: a share of the rows is held out once, and the others are trained on. */
import { orderBy } from './order-by.ts';
import { shuffledOrder } from './shuffled-order.ts';

/**
 * Rows are ordered by stratum and shuffled within it; each time that the share's sum over the rows passes a whole
 * number, a row is held out. So every stratum, and all rows together, are off by less than a row.
 *
 * @param strata the stratum of each row, any numbers: [rows]
 * @returns 0 for held-out rows and -1 for the others: [rows]
 * @throws Error where no row, or every row, would be held out
 */
export function holdOut(
  ids: readonly string[],
  strata: ArrayLike<number>,
  share: number,
  seed: number,
): Int32Array {
  const heldOut = Math.round(ids.length * share);
  if (heldOut < 1 || heldOut >= ids.length)
    throw new Error(
      `a hold-out of ${share} of ${ids.length} rows is ${heldOut} rows: change folds.share, or add rows`,
    );
  const order = orderBy(shuffledOrder(ids, seed), strata);
  const folds = new Int32Array(ids.length).fill(-1);
  const upTo = (position: number): number => Math.floor((position * heldOut) / ids.length);
  for (let position = 0; position < order.length; position++)
    if (upTo(position + 1) > upTo(position)) folds[order[position]!] = 0;
  return folds;
}
