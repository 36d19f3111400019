/**
 * Reads a CSV file (RFC 4180, UTF-8) into a table of strings, strictly: what a lenient reader would guess at is an
 * error that names the file and the line. Types are left to whoever knows the columns.
 */
import { table, type ColumnTable } from 'arquero';
import { parse, CsvError } from 'csv-parse/sync';
import { Problems } from './problems.ts';
import { readUtf8 } from './read-utf8.ts';

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
  const { records, lines } = split(path, await readUtf8(path));
  const header = records.shift();
  const headerLine = lines.shift();
  if (header === undefined || headerLine === undefined)
    throw new Error(`${path}: the file is empty; expected a line of column names, then one line for each row`);
  checkHeader(path, headerLine, header);

  const problems = new Problems(path);
  records.forEach((record, i) => {
    if (record.length === header.length) return;
    // The column to look at is the first that is missing, or the last that there is before the surplus.
    const column = header[Math.min(record.length, header.length - 1)];
    const hint = record.length > header.length ? '; a field that holds a comma must stand in quotes' : '';
    problems.add(lines[i]!, column, `expected ${fields(header.length)}, got ${fields(record.length)}${hint}`);
  });
  problems.throwIfAny();
  return { path, header, lines, table: table(header.map((name, c) => [name, records.map((record) => record[c]!)])) };
}

/** Splits the bytes into records and notes the line on which each starts; empty lines at the end are dropped. */
function split(path: string, bytes: Buffer): { records: string[][]; lines: number[] } {
  const records: string[][] = [];
  const lines: number[] = [];
  const lineAt = lineCounter(bytes);
  let start = 0;
  let line = 1;
  let filled = 0;
  try {
    parse(bytes, {
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true, // the caller's check collects all of them
      onRecord: (record: string[], { bytes: end }) => {
        records.push(record);
        lines.push(line);
        if (record.length > 1 || !isLineEnd(bytes[start])) filled = records.length;
        start = end;
        line = lineAt(end);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Error(`${path}:${line}, ${column(error, records[0])}: ${quoteProblem(error)}`, { cause: error });
  }
  return { records: records.slice(0, filled), lines: lines.slice(0, filled) };
}

const isLineEnd = (byte: number | undefined): boolean => byte === 10 || byte === 13;

/** Tells the line at ever larger offsets. The parser's own count takes a CRLF within quotes for two lines. */
function lineCounter(bytes: Buffer): (offset: number) => number {
  let at = 0;
  let line = 1;
  return (offset) => {
    for (; at < offset; at++) if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10)) line++;
    return line;
  };
}

function column(error: CsvError, header: string[] | undefined): string {
  const index = Number(error.column);
  return `column ${JSON.stringify(header?.[index] ?? index + 1)}`;
}

function quoteProblem(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'the quote that opens this field is never closed; a quote within a field is written ""';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'text after the closing quote; a quote within a field is written "", and the field stands in quotes';
    case 'INVALID_OPENING_QUOTE':
      return 'a quote within a field without quotes; put the field in quotes and write "" for the quote';
    default:
      return error.message;
  }
}

function checkHeader(path: string, line: number, header: string[]): void {
  const [only] = header;
  if (header.length === 1 && only !== undefined && /[;\t]/.test(only)) {
    const separator = only.includes(';') ? 'semicolons, as Excel does in many languages' : 'tabs';
    throw new Error(
      `${path}:${line}: the columns are separated by ${separator}; expected commas: save the file as comma-separated "CSV UTF-8"`,
    );
  }
  const problems = new Problems(path);
  header.forEach((name, c) => {
    if (name === '') problems.add(line, undefined, `column ${c + 1} of ${header.length} has no name`);
    else if (name === '__proto__') problems.add(line, name, 'rename this column: a table cannot hold the name');
    else if (header.indexOf(name) < c)
      problems.add(line, name, `columns ${header.indexOf(name) + 1} and ${c + 1} have the same name`);
  });
  problems.throwIfAny();
}

const fields = (count: number): string => `${count} field${count === 1 ? '' : 's'}`;
