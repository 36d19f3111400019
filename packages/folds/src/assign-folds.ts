/** Assigns the rows of a competition to the folds that its pipeline asks for. */
import type { Pipeline, Task } from '@foldwise/data';
import { kFold } from './k-fold.ts';
import { strata } from './strata.ts';
import { stratifiedKFold } from './stratified-k-fold.ts';

export interface LabelledRows {
  /** Unique: [rows]. */
  ids: readonly string[];
  /** [targets][rows] */
  targets: readonly Float64Array[];
  task: Task;
}

/**
 * @returns the fold of each row, 0 to k - 1: [rows]; the same for the same ids, targets and seed, on every platform and
 * in any order of the rows
 * @throws Error for more folds than rows, and for stratified folds of several numeric targets
 */
export function assignFolds(
  { kind, k, seed }: Pipeline['folds'],
  { ids, targets, task }: LabelledRows,
): Int32Array {
  return kind === 'k-fold' ? kFold(ids, k, seed) : stratifiedKFold(ids, strata(targets, task), k, seed);
}
