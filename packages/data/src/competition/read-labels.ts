/** Turns the target columns' strings into numbers, and notes what is not a label of the task. */
import type { Problems } from '../problems/problems.ts';
import { DECIMAL } from '../tables/cells.ts';
import type { FileTable } from '../tables/read-table.ts';
import { isMissingWord, missingAmong } from '../tables/missing-cells.ts';
import type { Manifest } from './manifest.ts';

interface Labels {
  /** [targets][rows] */
  targets: Float64Array[];
  classes: string[] | undefined;
}

export function readLabels(file: FileTable, manifest: Manifest, problems: Problems): Labels {
  const { task, columns, classes: names } = manifest;
  if (task === 'multi-class' && columns.target.length > 1)
    return readIndicators(file, columns.target, problems);
  if (task === 'multi-class' || task === 'ordinal') return readClasses(file, manifest, problems);
  if (names) return readNames(file, columns.target, { names, problems });
  const [isLabel, expected] = task === 'regression' ? [Number.isFinite, 'a number'] : [isBit, '0 or 1'];
  return readNumbers(file, columns.target, { isLabel, expected, problems });
}

const isBit = (value: number): boolean => value === 0 || value === 1;

function readNumbers(
  file: FileTable,
  columns: readonly string[],
  {
    isLabel,
    expected,
    problems,
  }: { isLabel: (value: number) => boolean; expected: string; problems: Problems },
): Labels {
  const targets = columns.map((column) =>
    Float64Array.from(file.cells(column), (cell, row) => {
      const value = DECIMAL.test(cell.trim()) ? Number(cell) : NaN;
      if (!isLabel(value)) problems.add(file.lines[row]!, column, `expected ${expected}, ${got(cell)}`);
      return value;
    }),
  );
  return { targets, classes: undefined };
}

/** Of two names, the second one stands for 1. */
function readNames(
  file: FileTable,
  columns: readonly string[],
  { names, problems }: { names: readonly string[]; problems: Problems },
): Labels {
  const targets = columns.map((column) =>
    Float64Array.from(file.cells(column), (cell, row) => {
      const label = names.indexOf(cell.trim());
      if (label < 0)
        problems.add(
          file.lines[row]!,
          column,
          `expected one of the manifest's classes ${names.join(', ')}, ${got(cell)}`,
        );
      return label;
    }),
  );
  return { targets, classes: undefined };
}

/** One column for each class, with a 1 in that of the row's class and 0 in the others. */
function readIndicators(file: FileTable, columns: readonly string[], problems: Problems): Labels {
  const { targets } = readNumbers(file, columns, { isLabel: isBit, expected: '0 or 1', problems });
  const labels = new Float64Array(file.lines.length);
  file.lines.forEach((line, row) => {
    const ones = targets.filter((target) => target[row] === 1).length;
    labels[row] = targets.findIndex((target) => target[row] === 1);
    if (ones !== 1 && targets.every((target) => isBit(target[row]!)))
      problems.add(
        line,
        columns[0],
        `expected a 1 in one of ${columns.map(quoted).join(', ')}, got ${ones} of them`,
      );
  });
  return { targets: [labels], classes: [...columns] };
}

function readClasses(
  file: FileTable,
  { task, columns, classes: known }: Manifest,
  problems: Problems,
): Labels {
  const column = columns.target[0]!;
  const cells = file.cells(column).map((cell) => cell.trim());
  const isMissing = missingAmong(new Set(cells));
  cells.forEach((cell, row) => {
    if (isMissing(cell)) problems.add(file.lines[row]!, column, `expected a class, ${got(cell)}`);
  });
  const classes = known ?? inOrder(new Set(cells.filter((cell) => !isMissing(cell))));
  const index = new Map(classes.map((name, i) => [name, i]));
  if (known)
    cells.forEach((cell, row) => {
      if (!isMissing(cell) && !index.has(cell))
        problems.add(
          file.lines[row]!,
          column,
          `expected one of the manifest's classes ${known.join(', ')}, ${got(cell)}`,
        );
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
  if (name !== undefined) {
    problems.add(
      line(name),
      column,
      `expected a number, ${got(name)}; an ordinal task whose classes are names needs "classes" in competition.json, from the lowest to the highest`,
    );
    return;
  }
  const twice = classes.find((cell, i) => i > 0 && Number(cell) === Number(classes[i - 1]));
  if (twice !== undefined)
    problems.add(
      line(twice),
      column,
      `the class ${JSON.stringify(twice)} is also written in another way; expected one`,
    );
}

const quoted = (name: string): string => JSON.stringify(name);
const got = (cell: string): string =>
  cell.trim() === ''
    ? 'but it is empty'
    : `got ${JSON.stringify(cell)}${isMissingWord(cell.trim()) ? ': leave the row out, as it has no label' : ''}`;
