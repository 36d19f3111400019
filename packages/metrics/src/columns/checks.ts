/** The checks that metrics make of their arguments. */
import type { Columns } from '../metric.ts';

/**
 * What every metric asks of its arguments.
 *
 * @throws Error for no columns, no rows, columns of unlike length, and values that are not finite; for weights of
 * another length, that are not finite or negative, and that are all zero
 */
export function checkColumns(truth: Columns, predictions: Columns, weights?: Float64Array): void {
  const rows = truth[0]?.length ?? 0;
  if (rows === 0) throw new Error('a metric needs one row or more, got none');
  for (const [what, columns] of Object.entries({ truth, predictions })) {
    if (columns.length === 0) throw new Error(`there are no columns in the ${what}`);
    columns.forEach((column, c) => {
      if (column.length !== rows)
        throw new Error(`column ${c} of the ${what} has length ${column.length}; expected ${rows}`);
      const row = firstNotFinite(column);
      if (row >= 0)
        throw new Error(`row ${row}, column ${c} of the ${what} is ${column[row]}; expected a finite number`);
    });
  }
  if (weights !== undefined) checkWeights(weights, rows);
}

function checkWeights(weights: Float64Array, rows: number): void {
  if (weights.length !== rows)
    throw new Error(`there are ${weights.length} weights; expected one for each of ${rows} rows`);
  const row = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (row >= 0)
    throw new Error(`the weight of row ${row} is ${weights[row]}; expected a number of 0 or more`);
  if (weights.every((weight) => weight === 0)) throw new Error('all weights are 0; expected one above 0');
}

/** A loop instead of `findIndex`, whose call a value takes longer than the check. */
function firstNotFinite(values: Float64Array): number {
  for (let row = 0; row < values.length; row++) if (!Number.isFinite(values[row]!)) return row;
  return -1;
}

/** @throws Error that names the first row whose truth is not the index of one of so many classes */
export function checkClasses(truth: Float64Array, classes: number): void {
  const row = truth.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < classes));
  if (row >= 0)
    throw new Error(`row ${row} of the truth is ${truth[row]}; expected a class from 0 to ${classes - 1}`);
}

/** @throws Error that names the first other value and its row */
export function checkLabels(labels: Float64Array, what: 'truth' | 'predictions' = 'truth'): void {
  for (let row = 0; row < labels.length; row++)
    if (labels[row] !== 0 && labels[row] !== 1)
      throw new Error(`row ${row} of the ${what} is ${labels[row]}; expected 0 or 1`);
}

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

/**
 * For metrics of one target's classes.
 *
 * @returns the truth and the predicted classes: [rows] each
 * @throws Error for several targets, and for probabilities
 */
export function onlyClasses(truth: Columns, predictions: Columns): [Float64Array, Float64Array] {
  if (truth.length !== 1 || predictions.length !== 1)
    throw new Error(
      `expected the classes of one target, got ${predictions.length} columns for the truth of ${truth.length} targets; probabilities must be made classes first`,
    );
  return [truth[0]!, predictions[0]!];
}
