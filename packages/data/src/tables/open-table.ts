/**
 * Opens a table's file, whatever its format, strictly: what a lenient reader would guess at is an error that names the
 * file and the line. Types are left to whoever knows the columns.
 */
import { findTableFormat } from '../formats/find-table-format.ts';
import type { TableBlock, TableFormat } from '../formats/table-format.ts';
import { Problems } from '../problems/problems.ts';
import { requireColumns } from './require-columns.ts';
import { findSource } from '../sources/find-source.ts';

export interface OpenTable {
  /** The file, as errors name it: as it was given, with the member of an archive where that had been left out. */
  path: string;
  /** What errors count rows by. */
  unit: TableFormat['unit'];
  /** The columns that will be read, in the file's order, or in the order that was asked for. */
  header: string[];
  /** The rows, as they are read; those with too many or too few fields are problems, and left out. */
  blocks: AsyncGenerator<TableBlock>;
}

/**
 * @param problems takes rows that are not as the others are, while `blocks` goes through them
 * @param wanted the columns to read; undefined means all
 * @throws Error for an empty file, another encoding, another separator, a repeated, empty or missing column name;
 * `blocks` as the format's
 */
export async function openTable(
  path: string,
  problems: Problems,
  wanted?: readonly string[],
): Promise<OpenTable> {
  const source = await findSource(path);
  const format = findTableFormat(source.name, source.path);
  problems.path = source.path;
  problems.unit = format.unit;
  const { header, line, blocks, close } = await format.open(source, problems);
  try {
    checkHeader(new Problems(source.path, format.unit), line, header);
    if (wanted) requireColumns({ path: source.path, header }, wanted);
  } catch (error) {
    await close();
    throw error;
  }
  const columns = wanted ?? header;
  return {
    path: source.path,
    unit: format.unit,
    header: [...columns],
    blocks: blocks(columns.map((name) => header.indexOf(name))),
  };
}

function checkHeader(problems: Problems, line: number, header: string[]): void {
  const places = new Map<string, number>();
  header.forEach((name, c) => {
    const first = places.get(name);
    if (name === '') problems.add(line, undefined, `column ${c + 1} of ${header.length} has no name`);
    else if (name === '__proto__')
      problems.add(line, name, 'rename this column: a table cannot hold the name');
    else if (first !== undefined)
      problems.add(line, name, `columns ${first + 1} and ${c + 1} have the same name`);
    places.set(name, first ?? c);
  });
  problems.throwIfAny();
}
