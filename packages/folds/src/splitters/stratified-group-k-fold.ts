/**
 * Stratified group k-fold: the rows of a group stay together, and each fold has about the same share of each label.
 * Greedy, with the most uneven groups first, as scikit-learn's StratifiedGroupKFold; but with running sums instead of
 * recounts, with the number of rows as one more label, and groups are moved afterwards while that evens out the folds.
 */
import { checkGroups } from './check-folds.ts';
import { indexValues, lookUp } from '../assignment/index-values.ts';
import { orderBy } from '../assignment/order-by.ts';
import { shuffledOrder } from '../assignment/shuffled-order.ts';
import { dealtToFolds, type DealtRows } from './dealt.ts';
import { labelColumns } from '../assignment/strata.ts';

/** Each pass moves every group to where it fits best; few are needed until none moves. */
const MOST_PASSES = 10;

/**
 * @param groups the group of each row: [rows]
 * @param labels indicators of classes or labels, 0 or 1: [labels][rows]
 * @param shares the share of all rows that each fold should have: [folds]
 * @returns the fold of each row: [rows]; it depends on the groups' names and labels, not on the rows' order
 * @throws Error for fewer groups than folds
 */
export function stratifiedGroupKFold(
  groups: readonly string[],
  labels: readonly ArrayLike<number>[],
  shares: readonly number[],
  seed: number,
): Int32Array {
  const { index, values } = indexValues(groups);
  checkGroups(values.length, shares.length);
  const counts = countLabels(index, values.length, labels);
  const order = orderBy(shuffledOrder(values, seed), evenness(counts, labels.length));
  const foldOf = assign(order, counts, shares);
  return lookUp(foldOf, index);
}

/** @returns how many rows of each label, and of any, each group has: [groups × (labels + 1)] */
function countLabels(index: Int32Array, groups: number, labels: readonly ArrayLike<number>[]): Float64Array {
  const width = labels.length + 1;
  const counts = new Float64Array(groups * width);
  labels.forEach((label, l) => index.forEach((group, row) => (counts[group * width + l]! += label[row]!)));
  for (const group of index) counts[group * width + labels.length]!++;
  return counts;
}

/** How alike the counts of a group's labels are; the least for those that vary most: [groups] */
function evenness(counts: Float64Array, labels: number): Float64Array {
  return Float64Array.from({ length: counts.length / (labels + 1) }, (_, group) => {
    let sum = 0;
    let squares = 0;
    for (let l = 0; l < labels; l++) {
      const count = counts[group * (labels + 1) + l]!;
      sum += count;
      squares += count * count;
    }
    return sum * sum - labels * squares;
  });
}

/**
 * Each group goes to the fold where the sum over the labels of their spread is least: of the standard deviation over
 * the folds of n / (s t), with n of a label's t rows in a fold that should have the share s of all rows.
 */
function assign(order: Int32Array, counts: Float64Array, shares: readonly number[]): Int32Array {
  const width = counts.length / order.length;
  const folds = shares.length;
  const totals = new Float64Array(width);
  counts.forEach((count, i) => (totals[i % width]! += count));
  const filled = new Float64Array(folds * width);
  const assigned = new Float64Array(width);
  const squares = new Float64Array(width); // Of each label: the sum of n² / s over the folds.
  const add = (group: number, fold: number, sign: 1 | -1): void => {
    for (let l = 0; l < width; l++) {
      const count = sign * counts[group * width + l]!;
      squares[l]! += (count * (2 * filled[fold * width + l]! + count)) / shares[fold]!;
      filled[fold * width + l]! += count;
      assigned[l]! += count;
    }
  };
  const spreadWith = (group: number, fold: number): number => {
    let sum = 0;
    for (let l = 0; l < width; l++) {
      const count = counts[group * width + l]!;
      if (count === 0) continue; // The same for every fold.
      const square = squares[l]! + (count * (2 * filled[fold * width + l]! + count)) / shares[fold]!;
      const all = assigned[l]! + count;
      sum += Math.sqrt(Math.max(0, square - all * all)) / totals[l]!;
    }
    return sum;
  };
  const best = (group: number, current: number): number => {
    let found = current;
    let least = current < 0 ? Infinity : spreadWith(group, current) - 1e-12; // Not moved for a rounding error.
    for (let fold = 0; fold < folds; fold++) {
      const spread = spreadWith(group, fold);
      if (spread < least) [found, least] = [fold, spread];
    }
    return found;
  };

  const foldOf = new Int32Array(order.length);
  for (const group of order) add(group, (foldOf[group] = best(group, -1)), 1);
  for (let pass = 0, moved = 1; moved > 0 && pass < MOST_PASSES; pass++) {
    moved = 0;
    for (const group of order) {
      const from = foldOf[group]!;
      add(group, from, -1);
      const to = (foldOf[group] = best(group, from));
      add(group, to, 1);
      if (to !== from) moved++;
    }
  }
  return foldOf;
}

/** @returns the fold of each row that is dealt, in folds of the same size: [rows] */
export function evenGroups({ task, targets, groups }: DealtRows, k: number, seed: number): Int32Array {
  const shares = new Array<number>(k).fill(1 / k);
  return stratifiedGroupKFold(groups!, labelColumns(targets, task), shares, seed);
}

export const stratifiedGroup = dealtToFolds('always', evenGroups);
