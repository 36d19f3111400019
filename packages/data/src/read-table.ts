/** Reads a table's whole file into columns of strings. */
import { table, type ColumnTable } from 'arquero';
import { openTable } from './open-table.ts';
import { Problems } from './problems.ts';

export interface FileTable {
  /** The file, as it was given; errors name it. */
  path: string;
  /** Column names, in the file's order. */
  header: string[];
  /** One column of strings for each name of the header. */
  table: ColumnTable;
  /** The 1-based line of the file on which each record starts: [rows]. */
  lines: number[];
}

/**
 * Lines may end in LF, CRLF or CR; a byte order mark and empty lines at the end are allowed; spaces belong to fields.
 *
 * @throws Error for an empty file, another encoding, another separator, a repeated or empty column name, records with
 * too many or too few fields (up to 20 at once), and quotes that RFC 4180 does not allow
 */
export async function readTable(path: string): Promise<FileTable> {
  const problems = new Problems(path);
  const { header, rows } = await openTable(path, problems);
  const columns = header.map((): string[] => []);
  const lines: number[] = [];
  for await (const block of rows)
    block.records.forEach((record, i) => {
      record.forEach((cell, c) => columns[c]!.push(cell));
      lines.push(block.lines[i]!);
    });
  problems.throwIfAny();
  return { path, header, lines, table: table(header.map((name, c) => [name, columns[c]!])) };
}
