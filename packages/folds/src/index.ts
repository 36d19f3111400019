/** The public names of @foldwise/folds. */
export {
  adversarialValidation,
  type AdversarialValidation,
  type TellingWord,
} from './leaks/adversarial-validation.ts';
export { checkSplit, type SplitChecks } from './leaks/check-split.ts';
export { checkFold } from './split/check-fold.ts';
export { describeFolds } from './description/describe-folds.ts';
export { findLeaks } from './leaks/find-leaks.ts';
export { groupRows } from './assignment/index-values.ts';
export { hashFolds } from './split/hash-folds.ts';
export { makeSplit, splitRows } from './make-split.ts';
export { ownGroups } from './assignment/own-groups.ts';
export { partition } from './split/partition.ts';
export { plotFolds } from './description/plot-folds.ts';
export type { FoldRows, Split } from './split/split.ts';
export { timeSeries } from './splitters/time-series.ts';
