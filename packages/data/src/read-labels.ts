/** Turns the target columns' strings into numbers, and notes what is not a label of the task. */
import type { Manifest } from './manifest.ts';
import type { Problems } from './problems.ts';
import type { FileTable } from './read-table.ts';

interface Labels {
  /** [targets][rows] */
  targets: Float64Array[];
  classes: string[] | undefined;
}

/** Decimal numbers only: `Number` alone would also take '', '0x10' and 'Infinity'. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export function readLabels(file: FileTable, { task, columns }: Manifest, problems: Problems): Labels {
  if (task === 'multi-class') return readClasses(file, columns.target[0]!, problems);
  const isLabel = task === 'regression' ? Number.isFinite : (value: number) => value === 0 || value === 1;
  const expected = task === 'regression' ? 'a number' : '0 or 1';
  const targets = columns.target.map((column) => {
    const cells = file.table.array(column) as string[];
    return Float64Array.from(cells, (cell, row) => {
      const value = DECIMAL.test(cell.trim()) ? Number(cell) : NaN;
      if (!isLabel(value)) problems.add(file.lines[row]!, column, `expected ${expected}, ${got(cell)}`);
      return value;
    });
  });
  return { targets, classes: undefined };
}

function readClasses(file: FileTable, column: string, problems: Problems): Labels {
  const cells = (file.table.array(column) as string[]).map((cell) => cell.trim());
  cells.forEach((cell, row) => {
    if (cell === '') problems.add(file.lines[row]!, column, `expected a class, ${got(cell)}`);
  });
  const classes = [...new Set(cells)];
  if (classes.length === 1) problems.add(file.lines[0]!, column, 'expected two or more classes, got one in all rows');
  if (classes.every((name) => DECIMAL.test(name))) classes.sort((a, b) => Number(a) - Number(b));
  else classes.sort();
  const index = new Map(classes.map((name, i) => [name, i]));
  return { targets: [Float64Array.from(cells, (cell) => index.get(cell)!)], classes };
}

const got = (cell: string): string => (cell.trim() === '' ? 'but it is empty' : `got ${JSON.stringify(cell)}`);
