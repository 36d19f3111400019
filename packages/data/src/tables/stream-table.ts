/** Reads columns of a table's file a few thousand rows at a time, for files that need not fit into memory. */
import type { TableBlock } from '../formats/table-format.ts';
import { openTable } from './open-table.ts';
import type { Problems } from '../problems/problems.ts';

/** `columns` are those that were asked for: [columns][rows]. */
export type TableRows = TableBlock;

export interface StreamTableOptions {
  /** Rows at a time; the last ones may be fewer (default 4,096). */
  rows?: number;
  /** Takes records with too many or too few fields, which are left out; who reads on decides when to throw them. */
  problems: Problems;
}

/**
 * As strict as `readTable`, of the same files, in their order.
 *
 * @throws Error as `readTable`, and for a column that is not there, with the nearest one
 */
export async function* streamTable(
  path: string,
  columns: readonly string[],
  { rows: size = 4096, problems }: StreamTableOptions,
): AsyncGenerator<TableRows> {
  const { blocks } = await openTable(path, problems, columns);
  let held: TableRows = { columns: columns.map(() => []), lines: [] };
  for await (const block of blocks) {
    for (let start = 0; start < block.lines.length;) {
      const end = start + size - held.lines.length;
      held.columns.forEach((cells, c) => cells.push(...block.columns[c]!.slice(start, end)));
      held.lines.push(...block.lines.slice(start, end));
      start = end;
      if (held.lines.length < size) break;
      yield held;
      held = { columns: columns.map(() => []), lines: [] };
    }
  }
  if (held.lines.length > 0) yield held;
}
