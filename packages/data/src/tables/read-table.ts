/** Reads a table's whole file into columns of strings. */
import { getHeapStatistics } from 'node:v8';
import { table, type ColumnTable } from 'arquero';
import type { TableBlock } from '../formats/table-format.ts';
import { openTable, type OpenTable } from './open-table.ts';
import { Problems } from '../problems/problems.ts';

export interface FileTable extends Pick<OpenTable, 'path' | 'unit' | 'header'> {
  /** One column of strings for each name of the header. */
  table: ColumnTable;
  /** A column of the table, without a copy: [rows]. */
  cells: (column: string) => string[];
  /** The 1-based line of the file (`unit` row: its row) on which each record starts: [rows]. */
  lines: number[];
}

/**
 * Reads CSV, `.tsv`, `.jsonl`/`.ndjson` and `.parquet`, each also as `.gz`, and as the member of a zip archive:
 * `archive.zip/member.csv`, or `archive.zip` where it holds one table.
 *
 * CSV: lines may end in LF, CRLF or CR; a byte order mark and empty lines at the end are allowed; spaces belong to fields.
 *
 * @throws Error for an empty file, another encoding, another separator, a repeated or empty column name, records with
 * too many or too few fields (up to 20 at once), and quotes that RFC 4180 does not allow; and before memory is full
 */
export async function readTable(path: string): Promise<FileTable> {
  const problems = new Problems(path);
  const { header, unit, path: found, blocks } = await openTable(path, problems);
  const columns = header.map((): string[] => []);
  const lines: number[] = [];
  const memory = new MemoryGuard(found);
  for await (const block of blocks) {
    memory.add(block);
    columns.forEach((column, c) => append(column, block.columns[c]!));
    append(lines, block.lines);
  }
  problems.throwIfAny();
  return {
    path: found,
    unit,
    header,
    lines,
    table: table(header.map((name, c) => [name, columns[c]!])),
    cells: (column) => columns[header.indexOf(column)]!,
  };
}

function append<Cell>(to: Cell[], cells: readonly Cell[]): void {
  for (const cell of cells) to.push(cell);
}

/** Node dies without a word on an array too many; this says what to do before. */
class MemoryGuard {
  private least = 0;
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  add({ columns }: TableBlock): void {
    // A string's own bytes, and the reference to it.
    for (const cells of columns) for (const cell of cells) this.least += 24 + cell.length;
    const { heap_size_limit: limit, used_heap_size: used } = getHeapStatistics();
    if (this.least < 0.5 * limit || used < 0.9 * limit) return;
    throw new Error(
      `${this.path}: the table is larger than the memory that Node may use (${(limit / 1e9).toFixed(1)} GB); run it with the environment's NODE_OPTIONS=--max-old-space-size=${2 * Math.ceil(limit / 2 ** 20)}`,
    );
  }
}
