/** The public names of @foldwise/folds. */
export { assignFolds, type LabelledRows } from './assign-folds.ts';
export { checkFold } from './check-fold.ts';
export { describeFolds, type FoldDescription } from './describe-folds.ts';
export { hashFolds } from './hash-folds.ts';
export { kFold } from './k-fold.ts';
export { stratifiedKFold } from './stratified-k-fold.ts';
