/** Folds that the user has made: a column of the train file says which fold holds each row out. */
import { indexValues, lookUp } from '../assignment/index-values.ts';
import { inOrder } from './leave-one-group-out.ts';
import { partition } from '../split/partition.ts';
import type { Split } from '../split/split.ts';
import type { Splitter } from './splitter.ts';

/** As scikit-learn's PredefinedSplit has -1. */
const isNeverHeldOut = (cell: string): boolean => ['', '-1', 'train'].includes(cell.trim().toLowerCase());

/**
 * @param cells the fold of each row, any text; empty, -1 or "train" for rows that are trained on in every fold: [rows]
 * @param k how many folds are expected, where the pipeline says it
 * @returns the folds, numbered in the order of their names: numbers by value and names by character code
 * @throws Error for a column without a held-out row, with one fold that holds out every row, and with other folds than k
 */
export function columnFolds(cells: readonly string[], name: string, k?: number): Split {
  const { index, values: raw } = indexValues(cells);
  const values = raw.map((value) => value.trim());
  const names = inOrder([...new Set(values.filter((value) => !isNeverHeldOut(value)))]);
  if (names.length === 0)
    throw new Error(
      `the column "${name}" holds no row out: every cell is empty, -1 or "train"; expected a fold's number or name`,
    );
  if (names.length === 1 && values.every((value) => value === names[0]))
    throw new Error(
      `the column "${name}" holds out every row in one fold, "${names[0]}": there is nothing to train on`,
    );
  if (k !== undefined && k !== names.length)
    throw new Error(
      `the column "${name}" has ${names.length} folds (${names.slice(0, 10).join(', ')}), but folds.k is ${k}`,
    );
  if (names.length > 1000)
    throw new Error(
      `the column "${name}" has ${names.length} folds; expected 1000 at most: is it a column of folds?`,
    );
  const place = new Map(names.map((name, fold) => [name, fold]));
  const foldOf = values.map((value) => place.get(value) ?? -1);
  return partition(lookUp(foldOf, index), names.length, names);
}

export const column: Splitter = (rows, settings) =>
  columnFolds(rows.column(settings.column!), settings.column!, settings.k);
