/** Loads a competition's manifest and files, and checks all that can be checked before anything is trained. */
import { join } from 'node:path';
import { checkSample, type Sample } from './check-sample.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import { Problems } from './problems.ts';
import { readLabels } from './read-labels.ts';
import { readTable, type FileTable } from './read-table.ts';
import { readUtf8 } from './read-utf8.ts';
import { requireColumns } from './require-columns.ts';

export interface Rows {
  /** Unique, not empty, in the file's order: [rows]. */
  ids: string[];
  /** Never blank: [rows]. */
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
 * @throws Error with one line a problem, as `file:line, column "x": what`; up to 20 of one file, then how many more
 */
export async function loadCompetition(folder: string): Promise<Competition> {
  const manifest = await readManifest(join(folder, 'competition.json'));
  const { files, columns } = manifest;

  const train = await readTable(join(folder, files.train));
  requireColumns(train, [columns.id, columns.text, ...columns.target]);
  const problems = new Problems(train.path);
  const trainRows = readRows(train, manifest, problems);
  const { targets, classes } = readLabels(train, manifest, problems);
  problems.throwIfAny();

  const test = await readTable(join(folder, files.test));
  requireColumns(test, [columns.id, columns.text]);
  const testProblems = new Problems(test.path);
  const testRows = readRows(test, manifest, testProblems);
  const trainLines = new Map(trainRows.ids.map((id, row) => [id, train.lines[row]!]));
  testRows.ids.forEach((id, row) => {
    const line = trainLines.get(id);
    if (line !== undefined)
      testProblems.add(test.lines[row]!, columns.id, `id ${JSON.stringify(id)} is also in ${train.path}:${line}`);
  });
  testProblems.throwIfAny();

  const sample = checkSample(await readTable(join(folder, files.sample)), test, manifest, classes);
  return { manifest, train: { ...trainRows, targets }, test: testRows, sample, classes };
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

function readRows(file: FileTable, { columns }: Manifest, problems: Problems): Rows {
  const ids = file.table.array(columns.id) as string[];
  const texts = file.table.array(columns.text) as string[];
  if (ids.length === 0) throw new Error(`${file.path}: there are no rows below the column names`);
  const seen = new Map<string, number>();
  ids.forEach((id, row) => {
    const line = file.lines[row]!;
    const first = seen.get(id);
    if (id.trim() === '') problems.add(line, columns.id, 'the id is empty');
    else if (first !== undefined) problems.add(line, columns.id, `id ${JSON.stringify(id)} is already on line ${first}`);
    else seen.set(id, line);
    if (texts[row]!.trim() === '') problems.add(line, columns.text, 'the text is empty');
  });
  return { ids, texts };
}
