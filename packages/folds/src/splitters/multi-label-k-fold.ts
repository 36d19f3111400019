/**
 * Multi-label stratified folds by iterative stratification (Sechidis, Tsoumakas & Vlahavas 2011, "On the
 * Stratification of Multi-Label Data"): the rarest label that is left is dealt first, each of its rows to the fold that
 * lacks that label most. Left out: pairs of labels (Szymański & Kajdanowicz 2017), which the caller may give as labels.
 */
import { checkFolds } from './check-folds.ts';
import { shuffledOrder } from '../assignment/shuffled-order.ts';
import { dealtToFolds } from './dealt.ts';
import { labelColumns } from '../assignment/strata.ts';
import { evenGroups } from './stratified-group-k-fold.ts';

/**
 * @param ids unique row ids: [rows]
 * @param labels 0 or 1: [labels][rows]
 * @returns the fold of each row, 0 to k - 1: [rows]; a row's fold does not depend on the order of the rows
 * @throws Error where k is not a whole number from 2 to the number of rows
 */
export function multiLabelKFold(
  ids: readonly string[],
  labels: readonly ArrayLike<number>[],
  k: number,
  seed: number,
): Int32Array {
  checkFolds(ids.length, k);
  const order = shuffledOrder(ids, seed);
  const left = labels.map((label) => count(label));
  // What each fold still lacks, times k so that the numbers stay whole.
  const lacks = left.map((rows) => new Float64Array(k).fill(rows));
  const room = new Float64Array(k).fill(ids.length);
  const folds = new Int32Array(ids.length).fill(-1);
  const deal = (row: number, position: number, wanted: Float64Array | undefined): void => {
    const fold = neediest(wanted ?? room, room, position % k);
    folds[row] = fold;
    room[fold]! -= k;
    for (let l = 0; l < labels.length; l++) {
      if (!labels[l]![row]) continue;
      left[l]!--;
      lacks[l]![fold]! -= k;
    }
  };
  for (let label = rarest(left); label >= 0; label = rarest(left))
    order.forEach((row, position) => {
      if (folds[row] === -1 && labels[label]![row]) deal(row, position, lacks[label]);
    });
  order.forEach((row, position) => {
    if (folds[row] === -1) deal(row, position, undefined);
  });
  return folds;
}

function count(label: ArrayLike<number>): number {
  let rows = 0;
  for (let row = 0; row < label.length; row++) if (label[row]) rows++;
  return rows;
}

/** The label with the fewest rows left, but one or more; -1 where there is none. */
function rarest(left: readonly number[]): number {
  let found = -1;
  left.forEach((rows, label) => {
    if (rows > 0 && (found < 0 || rows < left[found]!)) found = label;
  });
  return found;
}

/** The fold that lacks most; of several the one with most room, and then the first from `start` on. */
function neediest(lacks: Float64Array, room: Float64Array, start: number): number {
  let found = start;
  for (let i = 1; i < lacks.length; i++) {
    const fold = (start + i) % lacks.length;
    const more = lacks[fold]! - lacks[found]! || room[fold]! - room[found]!;
    if (more > 0) found = fold;
  }
  return found;
}

export const multiLabel = dealtToFolds('never', (rows, k, seed) =>
  rows.groups
    ? evenGroups(rows, k, seed)
    : multiLabelKFold(rows.ids, labelColumns(rows.targets, rows.task), k, seed),
);
