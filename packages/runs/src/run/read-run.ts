/** Reads the results of a complete run. */
import { basename, join } from 'node:path';
import { readPredictions, type Predictions } from '../files/predictions.ts';
import { readJson } from '@foldwise/data';
import type { RunMetrics } from './run-metrics.ts';
import type { RunRecord } from './run-record.ts';

export interface FinishedRun {
  record: RunRecord;
  metrics: RunMetrics;
  /** Every train row, predicted by the model that did not see it. */
  oof: Predictions;
  /** Every test row, the mean of the folds' models. */
  test: Predictions;
}

/** @throws Error for a folder that holds no complete run */
export async function readRun(folder: string): Promise<FinishedRun> {
  const record = await readJson<RunRecord>(join(folder, 'run.json'));
  if (record?.kind !== 'training') throw new Error(`${folder} holds no run: there is no run.json of one`);
  const metrics = await readJson<RunMetrics>(join(folder, 'metrics.json'));
  if (!metrics)
    throw new Error(
      `the run ${basename(folder)} is not complete: train its other folds with \`foldwise cv\``,
    );
  const oof = await readPredictions(join(folder, 'oof.csv'));
  const test = await readPredictions(join(folder, 'test.csv'));
  return { record, metrics, oof, test };
}
