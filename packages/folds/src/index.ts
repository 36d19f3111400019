/** The public names of @foldwise/folds. */
export { checkFold } from './check-fold.ts';
export { describeFolds, type FoldDescription } from './describe-folds.ts';
export { hashFolds } from './hash-folds.ts';
export { makeSplit } from './make-split.ts';
export { partition } from './partition.ts';
export type { FoldRows, Split } from './split.ts';
