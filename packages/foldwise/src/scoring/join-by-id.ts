/** Lines the rows of two tables up by id, refusing rows that are in one only. */
import type { FileTable } from '@foldwise/data';

export interface Joined {
  /** In the truth's order: [rows]. */
  ids: string[];
  /** The row of each file: [rows]. */
  truth: number[];
  predictions: number[];
}

/** @throws Error for ids that are missing, unknown or repeated */
export function joinById(predictions: FileTable, truth: FileTable, id: string): Joined {
  const truthRows = rowsById(truth, id);
  const predictedRows = rowsById(predictions, id);
  refuse(predictions, id, predictedRows, truthRows, truth.path);
  refuse(truth, id, truthRows, predictedRows, predictions.path);
  const ids = [...truthRows.keys()];
  return { ids, truth: [...truthRows.values()], predictions: ids.map((name) => predictedRows.get(name)!) };
}

function rowsById({ path, table, lines }: FileTable, id: string): Map<string, number> {
  const rows = new Map<string, number>();
  (table.array(id) as string[]).forEach((name, row) => {
    const first = rows.get(name);
    if (first !== undefined)
      throw new Error(
        `${path}:${lines[row]}: the id ${JSON.stringify(name)} is already on line ${lines[first]}`,
      );
    rows.set(name, row);
  });
  return rows;
}

function refuse(
  file: FileTable,
  id: string,
  ids: Map<string, number>,
  others: Map<string, number>,
  other: string,
): void {
  const alone = [...ids].filter(([name]) => !others.has(name));
  if (alone.length === 0) return;
  const [name, row] = alone[0]!;
  const more = alone.length > 1 ? `, and ${alone.length - 1} more` : '';
  throw new Error(
    `${file.path}:${file.lines[row]}, column "${id}": the id ${JSON.stringify(name)} is not in ${other}${more}`,
  );
}
