/** Checks the sample submission against the test file: same rows, and the columns that a submission will have. */
import type { Manifest } from './manifest.ts';
import { Problems } from './problems.ts';
import type { FileTable } from './read-table.ts';

/** The form that a submission must have; the sample's numbers are of no interest. */
export interface Sample {
  /** The id column and the predicted ones, in the file's order. */
  header: string[];
  /** In the file's order: [test rows]. */
  ids: string[];
}

/**
 * The predicted columns are the targets, or where a competition asks for the probabilities of classes, the classes.
 *
 * @throws Error with one line a problem, up to 20 of one file
 */
export function checkSample(
  sample: FileTable,
  test: FileTable,
  { columns }: Manifest,
  classes: string[] | undefined,
): Sample {
  const accepted = [[columns.id, ...columns.target]];
  if (classes) accepted.push([columns.id, ...classes]);
  if (!accepted.some((wanted) => sameSet(wanted, sample.header)))
    throw new Error(
      `${sample.path}:1: expected the columns ${accepted.map(quoted).join(', or ')}, got ${quoted(sample.header)}`,
    );

  const ids = sample.table.array(columns.id) as string[];
  const testLines = new Map((test.table.array(columns.id) as string[]).map((id, row) => [id, test.lines[row]!]));
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
  return { header: sample.header, ids };
}

const sameSet = (a: string[], b: string[]): boolean => a.length === b.length && a.every((x) => b.includes(x));
const quoted = (names: string[]): string => names.map((name) => JSON.stringify(name)).join(', ');
