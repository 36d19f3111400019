/** Finds a run or an ensemble by its name, among those of all pipelines; or by its folder or a file in it. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { nearestName } from '@foldwise/data';
import type { ListedRun } from '@foldwise/runs';
import { UsageError } from '../usage-error.ts';

export interface Result {
  /** Its folder's. */
  name: string;
  /** Absolute. */
  folder: string;
  pipeline: string;
  kind: 'training' | 'ensemble';
}

/**
 * @param asked the name, `pipeline/name` where several pipelines have one of that name, or a path
 * @throws UsageError for an unknown one, with the nearest, and for one that is not unique
 */
export async function findResult(workspace: string, asked: string): Promise<Result> {
  const submissions = join(workspace, 'submissions');
  const byPath = ofPath(submissions, resolve(asked));
  if (byPath) return read(byPath);
  const folders: string[] = [];
  for (const pipeline of await foldersIn(submissions))
    for (const name of await foldersIn(join(submissions, pipeline)))
      if (existsSync(join(submissions, pipeline, name, 'run.json'))) folders.push(join(pipeline, name));
  const found = folders.filter((path) => path === join(asked) || basename(path) === asked);
  if (found.length === 1) return read(join(submissions, found[0]!));
  if (found.length > 1)
    throw new UsageError(`several pipelines have "${asked}"; give one of ${found.join(', ')}`);
  const names = [...new Set(folders.map((path) => basename(path)))];
  throw new UsageError(
    names.length === 0
      ? `there is no run "${asked}": nothing is trained yet; train one with \`npx foldwise cv\``
      : `there is no run or ensemble "${asked}"; the nearest is "${nearestName(asked, names)}"; there are ${listed(names)}`,
  );
}

/**
 * Finds a run whose folds are wanted, of which some may be missing.
 *
 * @param name the run's, or `pipeline/run` where several pipelines have one of that name
 * @throws UsageError for an unknown one, with those that there are and the nearest; and for one that is not unique
 */
export async function findRun(workspace: string, name: string): Promise<ListedRun> {
  const submissions = join(workspace, 'submissions');
  const { listRuns } = await import('@foldwise/runs');
  const runs = new Map<string, ListedRun>();
  for (const pipeline of await foldersIn(submissions))
    for (const run of await listRuns(submissions, pipeline)) runs.set(`${pipeline}/${run.name}`, run);
  const found = [...runs].filter(([path, run]) => path === name || run.name === name);
  const [first, second] = found;
  if (first && !second) return first[1];
  if (second)
    throw new UsageError(
      `several pipelines have a run "${name}"; give one of ${found.map(([path]) => path).join(', ')}`,
    );
  const names = [...new Set([...runs.values()].map((run) => run.name))];
  if (names.length === 0)
    throw new UsageError(
      `there is no run "${name}": nothing is trained yet; train one with \`npx foldwise fold\``,
    );
  throw new UsageError(
    `there is no run "${name}"; the nearest is "${nearestName(name, names)}"; there are ${names.join(', ')}`,
  );
}

/** The folder of a result, where a path leads to it or to a file in it. */
function ofPath(submissions: string, path: string): string | undefined {
  for (const folder of [path, dirname(path)]) {
    const depth = relative(submissions, folder).split(/[\\/]/);
    if (depth.length === 2 && depth[0] !== '..' && existsSync(join(folder, 'run.json'))) return folder;
  }
  return undefined;
}

async function read(folder: string): Promise<Result> {
  const path = join(folder, 'run.json');
  const { kind } = JSON.parse(await readFile(path, 'utf8')) as Partial<Result>;
  if (kind !== 'training' && kind !== 'ensemble')
    throw new Error(`${path} is neither the record of a run nor of an ensemble: its kind is ${kind}`);
  return { name: basename(folder), folder, pipeline: basename(dirname(folder)), kind };
}

const listed = (names: string[]): string =>
  names.length > 20 ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more` : names.join(', ');

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
