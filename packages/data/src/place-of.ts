/** How errors and reports name a row's place: `train.csv:5`, or `train.parquet, row 5` where files have no lines. */

/** @param line 1-based, as the readers of tables count */
export const placeOf = ({ path, unit }: { path: string; unit: 'line' | 'row' }, line: number): string =>
  unit === 'line' ? `${path}:${line}` : `${path}, row ${line}`;
