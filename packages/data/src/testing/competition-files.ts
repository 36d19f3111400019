/** For tests: a competition's files in a temporary folder. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCompetition } from '../competition/load-competition.ts';
import { errorOf } from './error-of.ts';

let folder: string;
/** Before each test. */
export async function makeFolder(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'competition-'));
}
/** After each test. */
export const removeFolder = (): Promise<void> => rm(folder, { recursive: true });

export interface CompetitionFiles {
  train?: string;
  test?: string;
  sample?: string;
  task?: string;
  target?: string | string[];
  columns?: object;
  submission?: Record<string, string>;
  classes?: string[];
  manifest?: string;
}

/** Writes the files, which are sound where nothing else is given, and loads them. */
export async function load({
  train = 'id,text,y\n1,a,0.5\n2,b,1\n',
  test = 'id,text\n8,c\n9,d\n',
  sample = 'id,y\n9,0\n8,0\n',
  task = 'regression',
  target = 'y',
  columns: more,
  submission,
  classes,
  manifest,
}: CompetitionFiles = {}) {
  const files = { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' };
  const columns = { id: 'id', text: 'text', target, ...more };
  const json =
    manifest ??
    JSON.stringify({ name: 'x', title: 'X', files, columns, task, classes, submission, metric: 'rmse' });
  await Promise.all([
    writeFile(join(folder, 'competition.json'), json),
    writeFile(join(folder, 'train.csv'), train),
    writeFile(join(folder, 'test.csv'), test),
    writeFile(join(folder, 'sample.csv'), sample),
  ]);
  return loadCompetition(folder);
}

/** What loading them is refused with, without the folder. */
export async function messageOf(files: CompetitionFiles): Promise<string> {
  const error = await errorOf(load(files));
  return error.message.replaceAll(join(folder, '/'), '');
}
