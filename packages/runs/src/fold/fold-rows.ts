/** The rows of a fold as training takes them and `oof.csv` has them. */
import type { FoldRows, Split } from '@foldwise/folds';

/** @returns copies, ascending: what a seed gives does not depend on how a split lists its rows */
export function foldRows(split: Split, fold: number): FoldRows {
  const { train, valid, choose } = split.rows(fold);
  return {
    train: train.slice().sort(),
    valid: valid.slice().sort(),
    ...(choose && { choose: choose.slice().sort() }),
  };
}
