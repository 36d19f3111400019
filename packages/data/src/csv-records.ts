/** Splits a CSV file (RFC 4180, UTF-8), or a file `.tsv` of the same with tabs, into records, block by block. */
import { CsvError, Parser } from 'csv-parse';
import { separatorOf } from './separator-of.ts';
import { utf8Blocks } from './utf8-blocks.ts';

export interface CsvRecords {
  records: string[][];
  /** The 1-based line of the file on which each record starts. */
  lines: number[];
}

/**
 * Lines may end in LF, CRLF or CR; spaces belong to fields; empty lines at the file's end are dropped. Memory holds a
 * block and the records that it ends.
 *
 * @throws Error as `utf8Blocks`, and for quotes that RFC 4180 does not allow, with line and column
 */
export async function* csvRecords(path: string, blockBytes?: number): AsyncGenerator<CsvRecords> {
  let header: string[] | undefined;
  let records: string[][] = [];
  let lines: number[] = [];
  // Of the record that comes next: its line, its offset, and its first byte, where that has been read.
  let line = 1;
  let start = 0;
  let opening: number | undefined;
  let filled = 0;
  // The last block, with what the parser may still be looking at of the one before; and its offset.
  let window: Buffer = Buffer.alloc(0);
  let base = 0;

  let at = 0;
  let ended = 1;
  let previous = 0;
  // The parser's own count takes a CRLF within quotes for two lines.
  const lineAt = (offset: number): number => {
    for (; at < offset; at++) {
      const byte = window[at - base]!;
      if (byte === CR || (byte === LF && previous !== CR)) ended++;
      previous = byte;
    }
    return ended;
  };
  const parser = new Parser({
    delimiter: separatorOf(path),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true, // whoever knows the columns collects all of them
    onRecord: (record: string[], { bytes: end }) => {
      header ??= record;
      records.push(record);
      lines.push(line);
      const first = start < base ? opening : window[start - base];
      if (record.length > 1 || (first !== LF && first !== CR)) filled = records.length;
      start = end;
      line = lineAt(end);
      return null;
    },
  });
  // The callbacks below hear it, too.
  parser.on('error', () => undefined);
  const feed = (bytes: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      parser.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  const end = (): Promise<void> =>
    new Promise((resolve, reject) => {
      parser.once('error', reject);
      parser.end(resolve);
    });
  const take = (): CsvRecords => {
    const taken = { records: records.slice(0, filled), lines: lines.slice(0, filled) };
    records = records.slice(filled);
    lines = lines.slice(filled);
    filled = 0;
    return taken;
  };

  try {
    for await (const bytes of utf8Blocks(path, blockBytes)) {
      const kept = Math.min(window.length, LOOK_AHEAD);
      base += window.length - kept;
      window = Buffer.concat([window.subarray(window.length - kept), bytes]);
      await feed(bytes);
      if (start >= base && start < base + window.length) opening = window[start - base];
      lineAt(Math.max(at, base + window.length - LOOK_AHEAD));
      yield take();
    }
    await end();
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Error(`${path}:${line}, ${columnOf(error, header)}: ${quoteProblem(error)}`, { cause: error });
  }
  yield take();
}

/** More bytes than the parser looks ahead: a quote and a line end. */
const LOOK_AHEAD = 16;
const LF = 10;
const CR = 13;

function columnOf(error: CsvError, header: string[] | undefined): string {
  const index = Number(error['column']);
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
