/** Some rows of columns. */
import type { Columns } from '@foldwise/metrics';

/** @param rows indices, in the order of the result */
export function takeRows(columns: Columns, rows: Uint32Array): Float64Array[] {
  return columns.map((column) => {
    const taken = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) taken[i] = column[rows[i]!]!;
    return taken;
  });
}
