/** Checks that predictions are probabilities, and those of classes that they go with the truth. */
import { checkClasses } from './check-classes.ts';
import type { Columns } from './metric.ts';

/** How far the probabilities of a row may be from 1 in all: more than rounding to float32, less than a mistake. */
const TOLERANCE = 1e-3;

/**
 * @param predictions probabilities of 1, [labels][rows], or, where there is one target and more of them, of each class
 * @throws Error that names the first row with a number that is no probability, with a truth that is no class, or with
 * probabilities of classes that do not add up to 1
 */
export function checkProbabilities(truth: Columns, predictions: Columns): void {
  predictions.forEach((column, c) => {
    const row = column.findIndex((value) => value < 0 || value > 1);
    if (row >= 0)
      throw new Error(`row ${row}, column ${c} of the predictions is ${column[row]}; expected a probability`);
  });
  if (truth.length !== 1 || predictions.length === 1) return;
  checkClasses(truth[0]!, predictions.length);
  for (let row = 0; row < truth[0]!.length; row++) {
    let total = 0;
    for (const column of predictions) total += column[row]!;
    if (Math.abs(total - 1) > TOLERANCE)
      throw new Error(`the probabilities of row ${row} add up to ${total}; expected 1`);
  }
}
