/** Checks the sample submission against the test file: same rows, and the columns that a submission will have. */
import { classLists, type ClassLists } from './class-lists.ts';
import { Findings } from '../problems/findings.ts';
import { DECIMAL } from '../tables/cells.ts';
import type { Manifest } from './manifest.ts';
import { Problems } from '../problems/problems.ts';
import type { FileTable } from '../tables/read-table.ts';
import { requireColumns } from '../tables/require-columns.ts';
import { sampleStyle, type SampleStyle } from './sample-style.ts';

/** The form that a submission must have; the sample's numbers are of no interest. */
export interface Sample {
  /** The id column and the predicted ones, in the file's order. */
  header: string[];
  /** In the file's order: [test rows]. */
  ids: string[];
  /** What each column of the header holds: the ids, a target or a class. Undefined where they are named so. */
  holds?: string[];
  /** Binary and multi-label: what is written for 0 and for 1, where the sample holds names instead of numbers. */
  names?: string[];
  /** Multi-class: how the sample ranks classes in a cell, where it does not hold one alone. */
  lists?: ClassLists;
  /** How the file is written. */
  style: SampleStyle;
}

/** The test rows: their ids, and where they are. */
export interface TestRows extends Pick<FileTable, 'path' | 'unit' | 'lines'> {
  ids: readonly string[];
}

/**
 * The predicted columns are the targets, or where a competition asks for the probabilities of classes, the classes; the
 * manifest's `submission` tells which is which where the sample names them otherwise.
 *
 * @throws Error with one line a problem, up to 20 of one file
 */
export async function checkSample(
  sample: FileTable,
  test: TestRows,
  manifest: Pick<Manifest, 'columns' | 'task' | 'classes' | 'submission'>,
  classes: string[] | undefined,
): Promise<Sample> {
  const { columns, submission = {} } = manifest;
  const findings = new Findings();
  const holds = await findings.attempt(() => whatColumnsHold(sample, manifest, classes));
  await findings.attempt(() => checkSampleRows(sample, test, columns.id));
  findings.throwIfAny();
  const names = namesInSample(sample, holds!, manifest);
  const lists = listsInSample(sample, holds!, { ...manifest, classes });
  return {
    header: sample.header,
    ids: sample.cells(columns.id),
    style: await sampleStyle(sample),
    ...(Object.keys(submission).length > 0 && { holds: holds! }),
    ...(names && { names }),
    ...(lists && { lists }),
  };
}

/** @throws Error for ids that are in one of the two files alone, or twice in the sample */
export function checkSampleRows(sample: FileTable, test: TestRows, id: string): void {
  const testLines = new Map(test.ids.map((name, row) => [name, test.lines[row]!]));
  const problems = new Problems(sample.path, sample.unit);
  const missing = new Problems(test.path, test.unit);
  const seen = new Map<string, number>();
  sample.cells(id).forEach((name, row) => {
    const line = sample.lines[row]!;
    const first = seen.get(name);
    const what = `id ${JSON.stringify(name)} is`;
    if (first !== undefined) problems.add(line, id, `${what} already on ${sample.unit} ${first}`);
    else if (!testLines.has(name)) problems.add(line, id, `${what} not in ${test.path}`);
    seen.set(name, first ?? line);
  });
  for (const [name, line] of testLines)
    if (!seen.has(name)) missing.add(line, id, `id ${JSON.stringify(name)} is missing from ${sample.path}`);
  problems.throwIfAny(missing);
}

/** @throws Error where it is not the id and the targets, or the id and the classes */
function whatColumnsHold(
  sample: FileTable,
  {
    columns,
    task,
    classes: names,
    submission = {},
  }: Pick<Manifest, 'columns' | 'task' | 'classes' | 'submission'>,
  classes: string[] | undefined,
): string[] {
  requireColumns(sample, Object.keys(submission));
  const renamed = new Map(Object.entries(submission));
  const holds = sample.header.map((column) => renamed.get(column) ?? column);
  const accepted = [[columns.id, ...columns.target]];
  const twoClasses = task === 'binary' ? names : undefined;
  const predicted = classes ?? twoClasses;
  if (predicted && !sameSet(predicted, columns.target)) accepted.push([columns.id, ...predicted]);
  if (accepted.some((wanted) => sameSet(wanted, holds))) return holds;
  const named = new Map([...renamed].map(([column, held]) => [held, column]));
  const wanted = accepted.map((list) => quoted(list.map((name) => named.get(name) ?? name)));
  throw new Error(
    `${sample.path}:1: expected the columns ${wanted.join(', or ')}, got ${quoted(sample.header)}; "submission" in competition.json names those that are called otherwise`,
  );
}

/** @returns the manifest's classes, unless the sample's cells are other numbers; they may be empty, or mistyped */
function namesInSample(
  sample: FileTable,
  holds: readonly string[],
  { columns, task, classes }: Pick<Manifest, 'columns' | 'task' | 'classes'>,
): string[] | undefined {
  if (!classes || (task !== 'binary' && task !== 'multi-label')) return undefined;
  const targets = sample.header.filter((_, c) => columns.target.includes(holds[c]!));
  const cells = targets.flatMap((column) => sample.cells(column));
  const isName = (cell: string): boolean => classes.includes(cell.trim()) || !DECIMAL.test(cell.trim());
  return cells.length > 0 && cells.every(isName) ? classes : undefined;
}

/** Of a multi-class task whose sample has one column for the class. */
function listsInSample(
  sample: FileTable,
  holds: readonly string[],
  { columns, task, classes }: Pick<Manifest, 'columns' | 'task' | 'classes'>,
): ClassLists | undefined {
  const column = sample.header[holds.indexOf(columns.target[0]!)];
  if (!classes || task !== 'multi-class' || columns.target.length > 1 || column === undefined)
    return undefined;
  return classLists(sample.cells(column), classes);
}

const sameSet = (a: string[], b: string[]): boolean => a.length === b.length && a.every((x) => b.includes(x));
const quoted = (names: string[]): string => names.map((name) => JSON.stringify(name)).join(', ');
