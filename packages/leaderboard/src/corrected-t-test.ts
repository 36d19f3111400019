/**
 * The corrected resampled t-test of Nadeau & Bengio (Machine Learning 52, 2003), paired by fold; for repeated folds in the
 * form of Bouckaert & Frank (PAKDD 2004). The plain paired t-test takes folds for independent, though their training rows
 * overlap, and so finds differences where there are none.
 */
import { studentT } from './student-t.ts';

export interface TestResult {
  /** The mean of the differences. */
  difference: number;
  /** Its standard error, corrected. */
  error: number;
  t: number;
  /** Two-sided. */
  p: number;
}

/**
 * @param a and b: scores of the same folds, two or more
 * @param heldOutRatio held-out rows of a fold for each that it trains on
 * @returns undefined where there are too few folds to tell
 */
export function correctedTTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  heldOutRatio: number,
): TestResult | undefined {
  const folds = a.length;
  if (folds < 2 || b.length !== folds) return undefined;
  let difference = 0;
  for (let fold = 0; fold < folds; fold++) difference += (a[fold]! - b[fold]!) / folds;
  let squares = 0;
  for (let fold = 0; fold < folds; fold++) squares += (a[fold]! - b[fold]! - difference) ** 2;
  const error = Math.sqrt((squares / (folds - 1)) * (1 / folds + heldOutRatio));
  const t = difference === 0 ? 0 : difference / error;
  return { difference, error, t, p: studentT.twoSided(t, folds - 1) };
}
