/** The checks that every metric makes of its arguments. */
import type { Columns } from './metric.ts';

/**
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
