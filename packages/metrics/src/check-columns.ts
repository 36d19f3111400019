/** The checks that every metric makes of its arguments. */
import type { Columns } from './metric.ts';

/** @throws Error for no columns, no rows, columns of unlike length, and values that are not finite */
export function checkColumns(truth: Columns, predictions: Columns): void {
  const rows = truth[0]?.length ?? 0;
  if (rows === 0) throw new Error('a metric needs one row or more, got none');
  for (const [what, columns] of Object.entries({ truth, predictions })) {
    if (columns.length === 0) throw new Error(`there are no columns in the ${what}`);
    columns.forEach((column, c) => {
      if (column.length !== rows)
        throw new Error(`column ${c} of the ${what} has length ${column.length}; expected ${rows}`);
      const row = column.findIndex((value) => !Number.isFinite(value));
      if (row >= 0)
        throw new Error(`row ${row}, column ${c} of the ${what} is ${column[row]}; expected a finite number`);
    });
  }
}
