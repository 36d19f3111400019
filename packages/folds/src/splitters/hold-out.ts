/** Hold-out: a share of the rows is held out once, and the others are trained on. */
import { dealByHash } from '../assignment/deal-by-hash.ts';
import { dealt, type DealtRows } from './dealt.ts';
import { labelColumns, strata } from '../assignment/strata.ts';
import { partition } from '../split/partition.ts';
import { stratifiedGroupKFold } from './stratified-group-k-fold.ts';

/**
 * Over the rows, ordered by stratum, the share is summed; a stratum holds out as many rows as whole numbers are passed
 * in it. So every stratum, and all rows together, are off by less than a row.
 *
 * @param stratumOf the stratum of each row, any numbers: [rows]
 * @returns 0 for held-out rows and -1 for the others: [rows]
 * @throws Error where no row, or every row, would be held out
 */
export function holdOut(
  ids: readonly string[],
  stratumOf: ArrayLike<number>,
  share: number,
  seed: number,
): Int32Array {
  const heldOut = Math.round(ids.length * share);
  if (heldOut < 1 || heldOut >= ids.length)
    throw new Error(
      `a hold-out of ${share} of ${ids.length} rows is ${heldOut} rows: change folds.share, or add rows`,
    );
  const upTo = (place: number): number => Math.floor((place * heldOut) / ids.length);
  const sizesOf = (start: number, end: number): number[] => {
    const size = upTo(end) - upTo(start);
    return [size, end - start - size];
  };
  return dealByHash(ids, stratumOf, sizesOf, seed).map((part) => -part);
}

export const holdOutOnce = dealt('optional', (rows, { share = 0.2, seed }) =>
  partition(assign(rows, share, seed), 1),
);

function assign({ task, ids, targets, groups }: DealtRows, share: number, seed: number): Int32Array {
  if (groups)
    return stratifiedGroupKFold(groups, labelColumns(targets, task), [share, 1 - share], seed).map(
      (part) => -part,
    );
  // Several numbers have no common order.
  const isOrdered = task !== 'regression' || targets.length === 1;
  return holdOut(ids, isOrdered ? strata(targets, task) : new Uint8Array(ids.length), share, seed);
}
