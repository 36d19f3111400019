/** Reads columns of a table's file a few thousand rows at a time, for files that need not fit into memory. */
import { openTable } from './open-table.ts';
import type { Problems } from './problems.ts';

export interface TableRows {
  /** The columns that were asked for: [columns][rows]. */
  columns: string[][];
  /** The 1-based line of the file on which each row starts: [rows]. */
  lines: number[];
}

export interface StreamTableOptions {
  /** Rows at a time; the last ones may be fewer (default 4,096). */
  rows?: number;
  /** Takes records with too many or too few fields, which are left out; who reads on decides when to throw them. */
  problems: Problems;
}

/**
 * As strict as `readTable`, in the file's order.
 *
 * @throws Error as `readTable`, and for a column that is not there, with the nearest one
 */
export async function* streamTable(
  path: string,
  columns: readonly string[],
  { rows: size = 4096, problems }: StreamTableOptions,
): AsyncGenerator<TableRows> {
  const { header, rows } = await openTable(path, problems, columns);
  const places = columns.map((column) => header.indexOf(column));
  let held = noRows(columns);
  for await (const { records, lines } of rows)
    for (const [i, record] of records.entries()) {
      places.forEach((place, c) => held.columns[c]!.push(record[place]!));
      held.lines.push(lines[i]!);
      if (held.lines.length < size) continue;
      yield held;
      held = noRows(columns);
    }
  if (held.lines.length > 0) yield held;
}

const noRows = (columns: readonly string[]): TableRows => ({ columns: columns.map(() => []), lines: [] });
