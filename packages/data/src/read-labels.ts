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

export function readLabels(file: FileTable, manifest: Manifest, problems: Problems): Labels {
  const { task, columns } = manifest;
  if (task === 'multi-class' || task === 'ordinal') return readClasses(file, manifest, problems);
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

function readClasses(file: FileTable, { task, columns, classes: known }: Manifest, problems: Problems): Labels {
  const column = columns.target[0]!;
  const cells = (file.table.array(column) as string[]).map((cell) => cell.trim());
  cells.forEach((cell, row) => {
    if (cell === '') problems.add(file.lines[row]!, column, `expected a class, ${got(cell)}`);
  });
  const classes = known ?? inOrder(new Set(cells));
  const index = new Map(classes.map((name, i) => [name, i]));
  if (known)
    cells.forEach((cell, row) => {
      if (cell !== '' && !index.has(cell))
        problems.add(file.lines[row]!, column, `expected one of the manifest's classes ${known.join(', ')}, ${got(cell)}`);
    });
  if (new Set(cells).size === 1)
    problems.add(file.lines[0]!, column, 'expected two or more classes, got one in all rows');
  if (task === 'ordinal' && !known) checkOrder(classes, cells, { file, column, problems });
  return { targets: [Float64Array.from(cells, (cell) => index.get(cell) ?? NaN)], classes };
}

function inOrder(names: Set<string>): string[] {
  const classes = [...names];
  return classes.every((name) => DECIMAL.test(name))
    ? classes.sort((a, b) => Number(a) - Number(b))
    : classes.sort();
}

/** Names have no order but the manifest's, and a number that is written in two ways would be two classes. */
function checkOrder(
  classes: readonly string[],
  cells: readonly string[],
  { file, column, problems }: { file: FileTable; column: string; problems: Problems },
): void {
  const line = (cell: string): number => file.lines[cells.indexOf(cell)]!;
  const name = classes.find((cell) => cell !== '' && !DECIMAL.test(cell));
  if (name !== undefined)
    return problems.add(
      line(name),
      column,
      `expected a number, ${got(name)}; an ordinal task whose classes are names needs "classes" in competition.json, from the lowest to the highest`,
    );
  const twice = classes.find((cell, i) => i > 0 && Number(cell) === Number(classes[i - 1]));
  if (twice !== undefined)
    problems.add(line(twice), column, `the class ${JSON.stringify(twice)} is also written in another way; expected one`);
}

const got = (cell: string): string => (cell.trim() === '' ? 'but it is empty' : `got ${JSON.stringify(cell)}`);
