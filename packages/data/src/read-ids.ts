/** Reads the column that names the rows: each has a name of its own. */
import { isBlank } from './is-blank.ts';
import type { Problems } from './problems.ts';
import type { FileTable } from './read-table.ts';

/** @param problems takes empty ids, and those that are there twice @returns in the file's order: [rows] */
export function readIds(file: FileTable, column: string, problems: Problems): string[] {
  const ids = file.cells(column);
  const lines = new Map<string, number>();
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    const line = file.lines[row]!;
    const first = lines.get(id);
    if (isBlank(id)) problems.add(line, column, 'the id is empty');
    else if (first !== undefined)
      problems.add(line, column, `id ${JSON.stringify(id)} is already on ${file.unit} ${first}`);
    else lines.set(id, line);
  }
  return ids;
}
