/**
 * Opens a table's file (RFC 4180, UTF-8; `.tsv` with tabs), strictly: what a lenient reader would guess at is an error
 * that names the file and the line. Types are left to whoever knows the columns.
 */
import { csvRecords, type CsvRecords } from './csv-records.ts';
import { Problems } from './problems.ts';
import { requireColumns } from './require-columns.ts';
import { separatorOf } from './separator-of.ts';

export interface OpenTable {
  /** The file, as it was given; errors name it. */
  path: string;
  /** Column names, in the file's order. */
  header: string[];
  /** The records below, as they are read; those with too many or too few fields are problems, and left out. */
  rows: AsyncGenerator<CsvRecords>;
}

/**
 * @param problems takes records with too many or too few fields, while `rows` goes through them
 * @param columns that the table must have
 * @throws Error for an empty file, another encoding, another separator, a repeated, empty or missing column name; `rows` as
 * `csvRecords`
 */
export async function openTable(
  path: string,
  problems: Problems,
  columns: readonly string[] = [],
): Promise<OpenTable> {
  const blocks = csvRecords(path);
  let first: CsvRecords = { records: [], lines: [] };
  while (first.records.length === 0) {
    const { value, done } = await blocks.next();
    if (done)
      throw new Error(
        `${path}: the file is empty; expected a line of column names, then one line for each row`,
      );
    first = value;
  }
  const header = first.records.shift()!;
  try {
    checkHeader(path, first.lines.shift()!, header);
    requireColumns({ path, header }, columns);
  } catch (error) {
    await blocks.return(undefined);
    throw error;
  }
  const check = (block: CsvRecords) => withoutMisfits(block, header, path, problems);
  async function* rows(): AsyncGenerator<CsvRecords> {
    yield check(first);
    for await (const block of blocks) yield check(block);
  }
  return { path, header, rows: rows() };
}

function withoutMisfits(block: CsvRecords, header: string[], path: string, problems: Problems): CsvRecords {
  const { records, lines } = block;
  if (records.every((record) => record.length === header.length)) return block;
  const separator = separatorOf(path) === ',' ? 'comma' : 'tab';
  const fitting: CsvRecords = { records: [], lines: [] };
  records.forEach((record, i) => {
    if (record.length === header.length) {
      fitting.records.push(record);
      fitting.lines.push(lines[i]!);
      return;
    }
    // The column to look at is the first that is missing, or the last that there is before the surplus.
    const column = header[Math.min(record.length, header.length - 1)];
    const hint =
      record.length > header.length ? `; a field that holds a ${separator} must stand in quotes` : '';
    problems.add(
      lines[i]!,
      column,
      `expected ${fields(header.length)}, got ${fields(record.length)}${hint}`,
    );
  });
  return fitting;
}

function checkHeader(path: string, line: number, header: string[]): void {
  const [only] = header;
  const isCsv = separatorOf(path) === ',';
  if (header.length === 1 && only !== undefined && (isCsv ? /[;\t]/ : /[;,]/).test(only)) {
    const separator = only.includes(';')
      ? 'semicolons, as Excel does in many languages'
      : isCsv
        ? 'tabs'
        : 'commas';
    const expected = isCsv
      ? `commas: save the file as comma-separated "CSV UTF-8"${separator === 'tabs' ? ', or name it .tsv' : ''}`
      : 'tabs, as the file is named .tsv';
    throw new Error(`${path}:${line}: the columns are separated by ${separator}; expected ${expected}`);
  }
  const problems = new Problems(path);
  header.forEach((name, c) => {
    if (name === '') problems.add(line, undefined, `column ${c + 1} of ${header.length} has no name`);
    else if (name === '__proto__')
      problems.add(line, name, 'rename this column: a table cannot hold the name');
    else if (header.indexOf(name) < c)
      problems.add(line, name, `columns ${header.indexOf(name) + 1} and ${c + 1} have the same name`);
  });
  problems.throwIfAny();
}

const fields = (count: number): string => `${count} field${count === 1 ? '' : 's'}`;
