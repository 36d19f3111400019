/** Reads JSON Lines (one object a line, UTF-8) as columns, block by block. The keys of the first rows are the columns. */
import type { Problems } from '../problems/problems.ts';
import type { TableSource } from '../sources/table-source.ts';
import { utf8Blocks } from '../files/utf8.ts';
import { cellText } from './cell-text.ts';
import type { OpenFormat, TableBlock, TableFormat } from './table-format.ts';

type Row = Record<string, unknown>;

/** Rows whose keys are the columns; a later row with another key is a problem. */
const FIRST_ROWS = 1000;

const LONGEST_LINE = 2 ** 26;
const LF = 10;

export const jsonLines: TableFormat = { unit: 'line', open };

async function open(source: TableSource, problems: Problems): Promise<OpenFormat> {
  const rows = jsonRows(source, problems);
  const first: { row: Row; line: number }[] = [];
  const names = new Set<string>();
  while (first.length < FIRST_ROWS) {
    const { value } = await rows.next();
    if (!value) break;
    for (const key of Object.keys(value.row)) names.add(key);
    first.push(value);
  }
  if (first.length === 0) {
    problems.throwIfAny();
    throw new Error(`${source.path}: the file is empty; expected one JSON object a line`);
  }
  const header = [...names];

  async function* blocks(places: readonly number[]): AsyncGenerator<TableBlock> {
    const keys = places.map((place) => header[place]!);
    let block: TableBlock = { columns: keys.map(() => []), lines: [] };
    const add = ({ row, line }: { row: Row; line: number }): void => {
      keys.forEach((key, c) => block.columns[c]!.push(Object.hasOwn(row, key) ? cellText(row[key]) : ''));
      block.lines.push(line);
    };
    for (const row of first.splice(0)) add(row);
    for await (const next of rows) {
      const unknown = Object.keys(next.row).find((key) => !names.has(key));
      if (unknown === undefined) add(next);
      else
        problems.add(
          next.line,
          unknown,
          `none of the first ${FIRST_ROWS} rows has this key; write it into the first row, as null`,
        );
      if (block.lines.length < FIRST_ROWS) continue;
      yield block;
      block = { columns: keys.map(() => []), lines: [] };
    }
    if (block.lines.length > 0) yield block;
  }
  return { header, line: first[0]!.line, blocks, close: async () => void (await rows.return(undefined)) };
}

/** Lines that are no objects are problems, and left out; empty lines are no rows. */
async function* jsonRows(
  source: TableSource,
  problems: Problems,
): AsyncGenerator<{ row: Row; line: number }> {
  let line = 0;
  for await (const text of textLines(source)) {
    line++;
    if (text.trim() === '') continue;
    const row = parseRow(text);
    if (typeof row !== 'string') yield { row, line };
    else if (line === 1 && text.trimStart().startsWith('['))
      throw new Error(
        `${source.path}:1: a JSON list; expected JSON Lines: one object a line, with no commas between (pandas: to_json(path, orient="records", lines=True))`,
      );
    else problems.add(line, undefined, row);
  }
}

async function* textLines(source: TableSource): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let held = 0;
  for await (const block of utf8Blocks(source)) {
    let start = 0;
    for (let end = block.indexOf(LF); end >= 0; end = block.indexOf(LF, start)) {
      rest.push(block.subarray(start, end));
      yield (rest.length > 1 ? Buffer.concat(rest) : rest[0]!).toString();
      rest = [];
      held = 0;
      start = end + 1;
    }
    if (start === block.length) continue;
    rest.push(block.subarray(start));
    held += block.length - start;
    if (held > LONGEST_LINE)
      throw new Error(
        `${source.path}: a line of more than ${LONGEST_LINE / 2 ** 20} MiB; expected JSON Lines: one object a line`,
      );
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString();
}

/** @returns the row, or what is wrong with it */
function parseRow(text: string): Row | string {
  let row: unknown;
  try {
    row = JSON.parse(text);
    // Doubles have 15 digits for sure: an id of 19 must stay as it is written.
    if (/\d{8}[\d.]\d{7}|\d[eE][+-]?\d{3}/.test(text)) row = JSON.parse(withNumbersQuoted(text));
  } catch (error) {
    return `not valid JSON: ${(error as Error).message}; expected one object a line`;
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return `expected a JSON object, got ${text.trim().slice(0, 40)}`;
  const half =
    /\\ud[89a-f]/i.test(text) &&
    Object.entries(row).find(([key, cell]) => !isWellFormed(key) || !isWellFormed(cellText(cell)));
  return half
    ? `${JSON.stringify(half[0])} holds half of a character (a lone surrogate, \\ud800 to \\udfff)`
    : (row as Row);
}

/** Numbers that a double cannot hold as strings: they are cells as they stand. */
const withNumbersQuoted = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => {
    const isKept =
      token.startsWith('"') || (token.replace(/\D/g, '').length <= 15 && Number.isFinite(Number(token)));
    return isKept ? token : `"${token}"`;
  });

/** As `String.prototype.isWellFormed`, which this version of the language's types lacks. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);
