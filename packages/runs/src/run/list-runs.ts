/** Lists what has been trained for a pipeline. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { doneFolds } from '../fold/fold-metrics.ts';
import { readJson } from '@foldwise/data';
import { recordedFolds, type RunRecord } from './run-record.ts';
import type { RunMetrics } from './run-metrics.ts';

export interface ListedRun {
  name: string;
  folder: string;
  record: RunRecord;
  /** How many folds the run has. */
  folds: number;
  /** The numbers of the done folds, ascending. */
  done: number[];
  /** Undefined until all folds are done. */
  metrics: RunMetrics | undefined;
}

/**
 * @param submissions the folder that holds a folder of runs for each pipeline
 * @returns the pipeline's runs, sorted by name; none where nothing was trained
 */
export async function listRuns(submissions: string, pipeline: string): Promise<ListedRun[]> {
  const parent = resolve(submissions, pipeline);
  const runs: ListedRun[] = [];
  for (const name of (await namesIn(parent)).sort()) {
    const folder = join(parent, name);
    const record = await readJson<RunRecord>(join(folder, 'run.json'));
    if (record?.kind !== 'training') continue;
    const metrics = await readJson<RunMetrics>(join(folder, 'metrics.json'));
    const folds = recordedFolds(record);
    runs.push({ name, folder, record, folds, done: doneFolds(folder, folds), metrics });
  }
  return runs;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
