/** Predictions as a table: the ids first, then a column of numbers for each target or class. */
import { readTable } from '@foldwise/data';
import type { Predictions } from '@foldwise/runs';
import { table, type ColumnTable } from 'arquero';

/** @param id the name of the column of ids */
export function predictionTable(id: string, { ids, columns, values }: Predictions): ColumnTable {
  return table([[id, ids], ...columns.map((name, c) => [name, values[c]!] as const)]);
}

/** @param path a file of predictions, as runs and ensembles keep them */
export async function readRows(path: string): Promise<ColumnTable> {
  const { readPredictions } = await import('@foldwise/runs');
  const { header } = await readTable(path);
  return predictionTable(header[0]!, await readPredictions(path));
}
