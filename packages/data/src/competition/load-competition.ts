/** Loads a competition's manifest and files, and checks all that can be checked before anything is trained. */
import { join } from 'node:path';
import { classWarnings } from '../checks/class-warnings.ts';
import { groupWarnings } from '../checks/group-warnings.ts';
import { readUtf8 } from '../files/utf8.ts';
import { Findings } from '../problems/findings.ts';
import { placeOf, Problems } from '../problems/problems.ts';
import { Warnings } from '../problems/warnings.ts';
import { readTable, type FileTable } from '../tables/read-table.ts';
import { requireColumns } from '../tables/require-columns.ts';
import { checkSample, checkSampleRows } from './check-sample.ts';
import type { Competition } from './competition.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import { readLabels } from './read-labels.ts';
import { readIds, readTexts } from './read-rows.ts';

/** A column of the train file that is wanted beside ids, texts and targets; of groups, rows without one are warned of. */
export type FurtherColumn = string | { group: string };

export interface LoadedFiles {
  competition: Competition;
  trainFile: FileTable;
  testFile: FileTable;
  sampleFile: FileTable;
}

/**
 * @param folder the folder that holds `competition.json`
 * @param extra further columns of the train file that are wanted
 * @throws Error with one line a problem of any file, as `file:line, column "x": what`; up to 20 of each kind of one file,
 * then how many more
 */
export async function loadCompetition(
  folder: string,
  extra: readonly FurtherColumn[] = [],
): Promise<Competition> {
  return (await loadFiles(folder, extra, new Warnings())).competition;
}

/**
 * Reads the three files and checks them, each as far as the others' problems let it.
 *
 * @throws as `loadCompetition`
 */
export async function loadFiles(
  folder: string,
  extra: readonly FurtherColumn[] = [],
  warnings: Warnings,
): Promise<LoadedFiles> {
  const manifest = await readManifest(join(folder, 'competition.json'));
  const { files, columns } = manifest;
  const findings = new Findings();
  const read = (file: string, wanted: readonly string[]): Promise<FileTable | undefined> =>
    findings.attempt(() => readRequired(join(folder, file), wanted));

  const trainId = columns.idOf ? columns.idOf.train : columns.id;
  const testId = columns.idOf ? columns.idOf.test : columns.id;
  const groups = [
    columns.group ?? [],
    ...extra.map((one) => (typeof one === 'string' ? [] : one.group)),
  ].flat();
  const further = [...new Set([...groups, ...extra.filter((one) => typeof one === 'string')])];
  const trainFile = await read(files.train, [trainId ?? [], columns.text, columns.target, further].flat());
  const train = await findings.attempt(() => trainFile && readTrain(trainFile, trainId, manifest, warnings));
  const testFile = await read(files.test, [testId ?? [], columns.text].flat());
  const sampleFile = await read(files.sample, [columns.id]);
  const test = await findings.attempt(() =>
    testFile && (testId !== undefined || sampleFile)
      ? readTest(testFile, { testId, sampleFile, columns, warnings })
      : undefined,
  );
  // Ids of columns with unlike names are of unlike rows.
  if (trainFile && testFile && trainId !== undefined && trainId === testId)
    await findings.attempt(() => refuseShared(testFile, trainFile, trainId));
  const sample = await findings.attempt(() => {
    if (!sampleFile || !testFile || !test) return undefined;
    const rows = { path: testFile.path, unit: testFile.unit, lines: testFile.lines, ids: test.ids };
    if (train) return checkSample(sampleFile, rows, manifest, train.classes);
    checkSampleRows(sampleFile, rows, columns.id);
    return undefined;
  });
  findings.throwIfAny();

  const { classes, ...trainRows } = train!;
  if (classes && columns.target.length === 1)
    classWarnings({ file: trainFile!.path, column: columns.target[0]!, classes }, warnings);
  for (const column of new Set(groups)) groupWarnings(trainFile!, column, warnings);
  const cells = Object.fromEntries(further.map((column) => [column, trainFile!.cells(column)]));
  const competition: Competition = {
    manifest,
    train: { ...trainRows, extra: cells },
    test: test!,
    sample: sample!,
    classes,
    warnings: warnings.list(),
  };
  return { competition, trainFile: trainFile!, testFile: testFile!, sampleFile: sampleFile! };
}

async function readManifest(path: string): Promise<Manifest> {
  const json = (await readUtf8(path)).toString();
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Error(`${path}: not valid JSON: ${(error as Error).message.replaceAll('\n', '\\n')}`, {
      cause: error,
    });
  }
  return parseManifest(value, path);
}

async function readRequired(path: string, columns: readonly string[]): Promise<FileTable> {
  const file = await readTable(path);
  if (file.lines.length === 0) throw new Error(`${file.path}: there are no rows below the column names`);
  requireColumns(file, columns);
  return file;
}

type Columns = Manifest['columns'];

function readTrain(file: FileTable, id: string | undefined, manifest: Manifest, warnings: Warnings) {
  const problems = new Problems(file.path, file.unit);
  const rows = {
    ids: id === undefined ? file.lines.map((_, row) => String(row)) : readIds(file, id, problems),
    texts: readTexts(file, manifest.columns, warnings),
    ...readLabels(file, manifest, problems),
  };
  problems.throwIfAny();
  return rows;
}

function readTest(
  file: FileTable,
  {
    testId,
    sampleFile,
    columns,
    warnings,
  }: { testId: string | undefined; sampleFile: FileTable | undefined; columns: Columns; warnings: Warnings },
) {
  const problems = new Problems(file.path, file.unit);
  const rows = {
    ids: testId === undefined ? idsOfSample(sampleFile!, file, columns.id) : readIds(file, testId, problems),
    texts: readTexts(file, columns, warnings),
  };
  problems.throwIfAny();
  return rows;
}

function idsOfSample(sample: FileTable, test: FileTable, column: string): string[] {
  const [rows, expected] = [test.lines.length, sample.lines.length];
  if (rows !== expected)
    throw new Error(
      `${test.path}: expected ${expected} rows, as in ${sample.path}, got ${rows}: without an id column, rows are known by their order`,
    );
  return sample.cells(column);
}

function refuseShared(test: FileTable, train: FileTable, column: string): void {
  const problems = new Problems(test.path, test.unit);
  const testLines = new Map(test.cells(column).map((id, row) => [id, test.lines[row]!]));
  train.cells(column).forEach((id, row) => {
    const line = testLines.get(id);
    if (line !== undefined)
      problems.add(line, column, `id ${JSON.stringify(id)} is also in ${placeOf(train, train.lines[row]!)}`);
  });
  problems.throwIfAny();
}
