/** Predictions as a run keeps them: a CSV file keyed by the competition's id column. */
import { readTable } from '@foldwise/data';

export interface Predictions {
  /** Unique: [rows]. */
  ids: string[];
  columns: string[];
  /** Numbers, or probabilities for classes: [columns][rows]. */
  values: Float64Array[];
}

/**
 * @param path a file whose first column holds the ids and whose other columns hold numbers
 * @throws Error that names the file, line and column of a repeated id or of what is not a finite number
 */
export async function readPredictions(path: string): Promise<Predictions> {
  const { header, table, lines } = await readTable(path);
  const [id, ...columns] = header as [string, ...string[]];
  const ids = table.array(id) as string[];
  const first = new Map<string, number>();
  ids.forEach((name, row) => {
    const line = first.get(name);
    if (line !== undefined)
      throw new Error(`${path}:${lines[row]}: the id ${JSON.stringify(name)} is already on line ${line}`);
    first.set(name, lines[row]!);
  });
  const values = columns.map((column) => {
    const cells = table.array(column) as string[];
    return Float64Array.from(cells, (cell, row) => {
      const value = cell.trim() === '' ? NaN : Number(cell);
      if (Number.isFinite(value)) return value;
      throw new Error(
        `${path}:${lines[row]}, column "${column}": expected a number, got ${JSON.stringify(cell)}`,
      );
    });
  });
  return { ids, columns, values };
}
