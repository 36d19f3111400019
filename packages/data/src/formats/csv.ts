/** Reads CSV files (RFC 4180, UTF-8), and those with tabs, as columns, block by block. */
import type { Problems } from '../problems/problems.ts';
import type { TableSource } from '../sources/table-source.ts';
import { utf8Blocks } from '../files/utf8.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { OpenFormat, TableBlock, TableFormat } from './table-format.ts';

/** A record that is longer is a quote that nobody closed, or no table. */
const LONGEST_RECORD = 2 ** 26;

const separatedBy = (separator: ',' | '\t'): TableFormat => ({
  unit: 'line',
  separator,
  open: (source, problems) => open(source, problems, separator),
});

export const csv = separatedBy(',');
export const tsv = separatedBy('\t');

/**
 * Lines may end in LF, CRLF or CR; spaces belong to fields; empty lines at the file's end are dropped. Memory holds a
 * block and the records that it ends.
 */
async function open(source: TableSource, problems: Problems, separator: ',' | '\t'): Promise<OpenFormat> {
  const { path } = source;
  const chunks = utf8Blocks(source);
  let header: string[] = [];
  const scanner = new CsvScanner(separator, (line, field, problem) => {
    const column = JSON.stringify(header[field] ?? field + 1);
    return new Error(`${path}:${line}, column ${column}: ${problem}`);
  });
  let bytes: Buffer = Buffer.alloc(0);
  let isLast = false;
  const scan = (onRecord: () => unknown): void => {
    bytes = bytes.subarray(scanner.scan(bytes, isLast, onRecord));
  };
  /** Takes at least as many bytes as there are, so that a long record is not looked through again and again. */
  const fill = async (): Promise<void> => {
    if (bytes.length > LONGEST_RECORD)
      throw new Error(
        `${path}:${scanner.line}: a row of more than ${LONGEST_RECORD / 2 ** 20} MiB; probably a quote that opens a field there is never closed`,
      );
    const parts = [bytes];
    for (let more = 0; more <= bytes.length && !isLast;) {
      const { value, done } = await chunks.next();
      isLast = done === true;
      if (!value) continue;
      parts.push(value);
      more += value.length;
    }
    if (parts.length > 1) bytes = Buffer.concat(parts);
  };

  let found = false;
  while (!found) {
    if (isLast)
      throw new Error(
        `${path}: the file is empty; expected a line of column names, then one line for each row`,
      );
    await fill();
    scan(() => {
      header = Array.from({ length: scanner.count }, (_, i) => scanner.field(i));
      return (found = true);
    });
  }

  checkSeparator(path, scanner.line, header, separator);

  async function* blocks(places: readonly number[]): AsyncGenerator<TableBlock> {
    for (;;) {
      const block: TableBlock = { columns: places.map(() => []), lines: [] };
      const { columns, lines } = block;
      scan(() => {
        if (scanner.count !== header.length) {
          misfit(scanner, header, separator, problems);
          return;
        }
        for (let c = 0; c < columns.length; c++) columns[c]!.push(scanner.field(places[c]!));
        lines.push(scanner.line);
      });
      if (lines.length > 0) yield block;
      if (isLast) return;
      await fill();
    }
  }
  return {
    header,
    line: scanner.line,
    blocks,
    close: async () => void (await chunks.return(undefined)),
  };
}

function checkSeparator(path: string, line: number, header: readonly string[], separator: ',' | '\t'): void {
  const [only = ''] = header;
  const isCsv = separator === ',';
  if (header.length > 1 || !(isCsv ? /[;\t]/ : /[;,]/).test(only)) return;
  const used = only.includes(';') ? 'semicolons, as Excel does in many languages' : isCsv ? 'tabs' : 'commas';
  const expected = isCsv
    ? `commas: save the file as comma-separated "CSV UTF-8"${used === 'tabs' ? ', or name it .tsv' : ''}`
    : 'tabs, as the file is named .tsv';
  throw new Error(`${path}:${line}: the columns are separated by ${used}; expected ${expected}`);
}

/** The column to look at is the first that is missing, or the last that there is before the surplus. */
function misfit(
  { line, count }: CsvScanner,
  header: readonly string[],
  separator: ',' | '\t',
  problems: Problems,
): void {
  const column = header[Math.min(count, header.length - 1)];
  const hint =
    count > header.length
      ? `; a field that holds a ${separator === ',' ? 'comma' : 'tab'} must stand in quotes`
      : '';
  problems.add(line, column, `expected ${fields(header.length)}, got ${fields(count)}${hint}`);
}

const fields = (count: number): string => `${count} field${count === 1 ? '' : 's'}`;
