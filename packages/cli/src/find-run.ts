/** Finds a run by its name, among those of all pipelines. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nearestName } from '@foldwise/data';
import type { ListedRun } from '@foldwise/runs';
import { UsageError } from './usage-error.ts';

/**
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

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
