/** Leave-one-group-out: each group is a fold. */
import { indexValues, lookUp } from '../assignment/index-values.ts';
import { partition } from '../split/partition.ts';
import type { Split } from '../split/split.ts';
import { groupsOf, type Splitter } from './splitter.ts';

/** More trainings than anybody waits for. */
const MOST = 1000;

/**
 * @param groups the group of each row: [rows]
 * @param k how many groups are expected, where the pipeline says it
 * @returns a fold for each group, named after it, numbers by value and names by character code
 * @throws Error for one group, for more than 1,000, and for another number than k
 */
export function leaveOneGroupOut(groups: readonly string[], k?: number): Split {
  const { index, values } = indexValues(groups);
  if (values.length < 2)
    throw new Error(`leave-one-group-out needs two groups or more, got ${values.length}`);
  if (values.length > MOST)
    throw new Error(
      `leave-one-group-out would make a fold for each of ${values.length} groups; expected ${MOST} at most: use folds of the kind "group"`,
    );
  if (k !== undefined && k !== values.length)
    throw new Error(
      `leave-one-group-out makes a fold for each of ${values.length} groups, but folds.k is ${k}`,
    );
  const names = inOrder(values);
  const place = new Map(names.map((name, fold) => [name, fold]));
  const foldOf = values.map((name) => place.get(name)!);
  return partition(lookUp(foldOf, index), names.length, names);
}

/** @returns a sorted copy: by value where all are numbers, else by character code */
export function inOrder(names: readonly string[]): string[] {
  const areNumbers = names.every((name) => name.trim() !== '' && Number.isFinite(Number(name)));
  return [...names].sort(areNumbers ? (a, b) => Number(a) - Number(b) || (a < b ? -1 : 1) : undefined);
}

export const eachGroup: Splitter = (rows, settings) => {
  const groups = groupsOf(rows, settings);
  const cells = rows.column(rows.group!);
  const row = groups.findIndex((group, i) => group !== cells[i]);
  if (row >= 0)
    throw new Error(
      `leave-one-group-out makes a fold for each group, and row ${JSON.stringify(rows.ids[row])} has none in the column "${rows.group}" (${JSON.stringify(cells[row])}): fill the cell in or leave the row out, or use folds of the kind "group", in which it is a group of its own`,
    );
  return leaveOneGroupOut(groups, settings.k);
};
