/** Checks the sample submission against the test file: same rows, and the columns that a submission will have. */
import type { Manifest } from './manifest.ts';
import { Problems } from './problems.ts';
import type { FileTable } from './read-table.ts';
import { requireColumns } from './require-columns.ts';
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
  /** How the file is written. */
  style: SampleStyle;
}

/**
 * The predicted columns are the targets, or where a competition asks for the probabilities of classes, the classes; the
 * manifest's `submission` tells which is which where the sample names them otherwise.
 *
 * @param test the ids of the test rows, and the lines on which they are
 * @throws Error with one line a problem, up to 20 of one file
 */
export async function checkSample(
  sample: FileTable,
  test: { path: string; ids: readonly string[]; lines: readonly number[] },
  manifest: Pick<Manifest, 'columns' | 'task' | 'classes' | 'submission'>,
  classes: string[] | undefined,
): Promise<Sample> {
  const { columns, submission = {} } = manifest;
  const holds = whatColumnsHold(sample, manifest, classes);

  const ids = sample.table.array(columns.id) as string[];
  const testLines = new Map(test.ids.map((id, row) => [id, test.lines[row]!]));
  const problems = new Problems(sample.path);
  const seen = new Map<string, number>();
  ids.forEach((id, row) => {
    const line = sample.lines[row]!;
    const first = seen.get(id);
    if (first !== undefined) problems.add(line, columns.id, `id ${JSON.stringify(id)} is already on line ${first}`);
    else if (!testLines.has(id)) problems.add(line, columns.id, `id ${JSON.stringify(id)} is not in ${test.path}`);
    seen.set(id, first ?? line);
  });
  problems.throwIfAny();

  const missing = new Problems(test.path);
  for (const [id, line] of testLines)
    if (!seen.has(id)) missing.add(line, columns.id, `id ${JSON.stringify(id)} is missing from ${sample.path}`);
  missing.throwIfAny();
  const names = namesInSample(sample, holds, manifest);
  return {
    header: sample.header,
    ids,
    style: await sampleStyle(sample),
    ...(Object.keys(submission).length > 0 && { holds }),
    ...(names && { names }),
  };
}

/** @throws Error where it is not the id and the targets, or the id and the classes */
function whatColumnsHold(
  sample: FileTable,
  { columns, task, classes: names, submission = {} }: Pick<Manifest, 'columns' | 'task' | 'classes' | 'submission'>,
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

/** @returns the manifest's classes, where the sample's cells are such */
function namesInSample(
  sample: FileTable,
  holds: readonly string[],
  { columns, task, classes }: Pick<Manifest, 'columns' | 'task' | 'classes'>,
): string[] | undefined {
  if (!classes || (task !== 'binary' && task !== 'multi-label')) return undefined;
  const targets = sample.header.filter((_, c) => columns.target.includes(holds[c]!));
  const cells = targets.flatMap((column) => sample.table.array(column) as string[]);
  return cells.length > 0 && cells.every((cell) => classes.includes(cell.trim())) ? classes : undefined;
}

const sameSet = (a: string[], b: string[]): boolean => a.length === b.length && a.every((x) => b.includes(x));
const quoted = (names: string[]): string => names.map((name) => JSON.stringify(name)).join(', ');
