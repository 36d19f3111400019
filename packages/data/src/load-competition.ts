/** Loads a competition's manifest and files, and checks all that can be checked before anything is trained. */
import { join } from 'node:path';
import { checkSample, type Sample } from './check-sample.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import { Problems } from './problems.ts';
import { readLabels } from './read-labels.ts';
import { readTable, type FileTable } from './read-table.ts';
import { readTexts } from './read-texts.ts';
import { readUtf8 } from './read-utf8.ts';
import { requireColumns } from './require-columns.ts';

export interface Rows {
  /** Unique, not empty, in the file's order: [rows]. */
  ids: string[];
  /** Never blank; several text columns are joined: [rows]. */
  texts: string[];
}

export interface Competition {
  manifest: Manifest;
  train: Rows & {
    /**
     * One array for each target column: [targets][rows]. Multi-class and ordinal: the index of the class; binary and
     * multi-label: 0 or 1.
     */
    targets: Float64Array[];
    /** Further columns, by their names: the manifest's group, and those that were asked for. */
    extra: Record<string, string[]>;
  };
  test: Rows;
  sample: Sample;
  /**
   * Of multi-class and ordinal tasks, in their index's order: the manifest's, else numbers by value and names by
   * character code. Undefined for other tasks.
   */
  classes: string[] | undefined;
}

/**
 * @param folder the folder that holds `competition.json`
 * @param extra further columns of the train file that are wanted
 * @throws Error with one line a problem, as `file:line, column "x": what`; up to 20 of one file, then how many more
 */
export async function loadCompetition(folder: string, extra: readonly string[] = []): Promise<Competition> {
  const manifest = await readManifest(join(folder, 'competition.json'));
  const { files, columns } = manifest;

  const train = await readTable(join(folder, files.train));
  const trainId = columns.idOf ? columns.idOf.train : columns.id;
  const further = [...new Set([columns.group ?? [], ...extra].flat())];
  requireRows(train);
  requireColumns(train, [trainId ?? [], columns.text, columns.target, further].flat());
  const problems = new Problems(train.path);
  const trainRows: Rows = {
    ids: trainId === undefined ? train.lines.map((_, row) => String(row)) : readIds(train, trainId, problems),
    texts: readTexts(train, columns, problems),
  };
  const { targets, classes } = readLabels(train, manifest, problems);
  problems.throwIfAny();
  const cells = further.map((column) => [column, train.table.array(column) as string[]] as const);

  const test = await readTable(join(folder, files.test));
  const testId = columns.idOf ? columns.idOf.test : columns.id;
  requireRows(test);
  requireColumns(test, [testId ?? [], columns.text].flat());
  const sampleFile = await readTable(join(folder, files.sample));
  const testProblems = new Problems(test.path);
  const testRows: Rows = {
    ids: testId === undefined ? idsOfSample(sampleFile, test, columns.id) : readIds(test, testId, testProblems),
    texts: readTexts(test, columns, testProblems),
  };
  // Ids of columns with unlike names are of unlike rows.
  if (trainId !== undefined && trainId === testId)
    refuseShared(testRows.ids, { file: test, column: testId, problems: testProblems, train, trainIds: trainRows.ids });
  testProblems.throwIfAny();

  const sample = await checkSample(sampleFile, { path: test.path, lines: test.lines, ids: testRows.ids }, manifest, classes);
  return { manifest, train: { ...trainRows, targets, extra: Object.fromEntries(cells) }, test: testRows, sample, classes };
}

async function readManifest(path: string): Promise<Manifest> {
  const json = (await readUtf8(path)).toString();
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`${path}: not valid JSON: ${(error as Error).message}`, { cause: error });
  }
  return parseManifest(value, path);
}

function requireRows({ path, lines }: FileTable): void {
  if (lines.length === 0) throw new Error(`${path}: there are no rows below the column names`);
}

function readIds(file: FileTable, column: string, problems: Problems): string[] {
  const ids = file.table.array(column) as string[];
  const seen = new Map<string, number>();
  ids.forEach((id, row) => {
    const line = file.lines[row]!;
    const first = seen.get(id);
    if (id.trim() === '') problems.add(line, column, 'the id is empty');
    else if (first !== undefined) problems.add(line, column, `id ${JSON.stringify(id)} is already on line ${first}`);
    else seen.set(id, line);
  });
  return ids;
}

function idsOfSample(sample: FileTable, test: FileTable, column: string): string[] {
  requireColumns(sample, [column]);
  const [rows, expected] = [test.lines.length, sample.lines.length];
  if (rows !== expected)
    throw new Error(
      `${test.path}: expected ${expected} rows, as in ${sample.path}, got ${rows}: without an id column, rows are known by their order`,
    );
  return sample.table.array(column) as string[];
}

function refuseShared(
  ids: readonly string[],
  {
    file,
    column,
    problems,
    train,
    trainIds,
  }: { file: FileTable; column: string; problems: Problems; train: FileTable; trainIds: readonly string[] },
): void {
  const trainLines = new Map(trainIds.map((id, row) => [id, train.lines[row]!]));
  ids.forEach((id, row) => {
    const line = trainLines.get(id);
    if (line !== undefined)
      problems.add(file.lines[row]!, column, `id ${JSON.stringify(id)} is also in ${train.path}:${line}`);
  });
}
