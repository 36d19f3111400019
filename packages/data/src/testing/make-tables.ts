/** For tests: files of a competition from columns of cells, with invented texts. */
import { table } from 'arquero';
import type { FileTable } from '../tables/read-table.ts';
import type { Tables } from '../infer/tables.ts';

/** The cell of a row. */
export type Cell = (row: number) => string | number | boolean;
export type Columns = Record<string, Cell>;

export function makeTables(train: Columns, test: Columns, sample: Columns, rows = 60): Tables {
  return {
    train: makeFile('train.csv', train, rows),
    test: makeFile('test.csv', test, rows / 3),
    sample: makeFile('sample.csv', sample, rows / 3),
  };
}

function makeFile(path: string, columns: Columns, rows: number): FileTable {
  const cells = Object.entries(columns).map(([name, cell]): [string, string[]] => [
    name,
    Array.from({ length: rows }, (_, row) => String(cell(row))),
  ]);
  const lines = Array.from({ length: rows }, (_, row) => row + 2);
  return {
    path,
    unit: 'line',
    header: Object.keys(columns),
    lines,
    table: table(cells),
    cells: (name) => new Map(cells).get(name)!,
  };
}

const WORDS =
  'a river bends under old bridges while small boats carry apples, bread and news to villages where nobody hurries'.split(
    ' ',
  );

/** @returns texts of so many words, another for each row and `seed` */
export const words =
  (count: number, seed = 0): Cell =>
  (row) =>
    Array.from(
      { length: count - 1 },
      (_, i) => WORDS[((row + 1) * (i + 3) + seed * 7 + ((row * row) >> (i % 5))) % WORDS.length],
    ).join(' ') + ` ${seed}${row}`;

export const from =
  (first: number): Cell =>
  (row) =>
    first + row;
/** One of the values, in turn, with a step that mixes them. */
export const oneOf =
  (...values: (string | number | boolean)[]): Cell =>
  (row) =>
    values[(row * 7 + (row >> 2)) % values.length]!;
export const always =
  (value: string | number): Cell =>
  () =>
    value;
/** Numbers from 0 to 1 with two digits, all unlike. */
export const share: Cell = (row) => (((row * 37) % 101) / 100).toFixed(2);
