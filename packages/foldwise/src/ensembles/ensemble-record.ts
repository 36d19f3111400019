/** What an ensemble's folder says of how its members were blended, and of how good that is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MethodScores } from '@foldwise/ensemble';
import type { BlendMember } from './blend-runs.ts';

/** `run.json` of an ensemble. */
export interface EnsembleRecord extends Pick<MethodScores, 'method' | 'weights' | 'settings'> {
  format: 1;
  kind: 'ensemble';
  members: BlendMember[];
  sharedWeights?: true;
  scores: Pick<MethodScores, 'nested' | 'optimistic'>;
  tried: Pick<MethodScores, 'method' | 'nested' | 'optimistic'>[];
  /** Of the members' errors: [members][members]. */
  correlation: number[][];
  foldsHash: string;
  created: string;
}

/** `metrics.json` of an ensemble. */
export interface EnsembleMetrics {
  format: 1;
  metric: string;
  direction: 'lower' | 'higher';
  /** Nested, on all out-of-fold predictions together; null where it is not defined. */
  score: number | null;
  scores: Record<string, number | null>;
  /** Of the metric, in each fold of the members; undefined where the folds' files are gone. */
  folds?: Record<string, { scores: (number | null)[] }>;
  rows: { train: number; test: number };
}

/** @param folder that holds `run.json` of an ensemble */
export async function readEnsembleRecord(
  folder: string,
): Promise<EnsembleRecord & { metrics: EnsembleMetrics }> {
  const read = async (file: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, file), 'utf8'));
  const record = (await read('run.json')) as EnsembleRecord;
  return { ...record, metrics: (await read('metrics.json')) as EnsembleMetrics };
}
