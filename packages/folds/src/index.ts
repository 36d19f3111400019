/** The public names of @foldwise/folds. */
export {
  adversarialValidation,
  type AdversarialValidation,
  type TellingWord,
} from './adversarial/adversarial-validation.ts';
export { checkFold } from './check-fold.ts';
export { describeFolds, type FoldDescription } from './describe-folds.ts';
export { findLeaks } from './find-leaks.ts';
export { groupRows } from './group-rows.ts';
export { hashFolds } from './hash-folds.ts';
export { makeSplit, splitRows } from './make-split.ts';
export { partition } from './partition.ts';
export { plotFolds } from './plot-folds.ts';
export type { FoldRows, Split } from './split.ts';
export { timeSeries, type TimeSeriesSettings } from './time-series.ts';
