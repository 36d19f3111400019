/** What `fold-K/metrics.json` holds: how well one fold did, and what it took. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '@foldwise/data';
import type { FittedFold } from '@foldwise/train';
import type { CodeVersion } from '../run/code-version.ts';
import type { EngineRecord } from '../run/run-record.ts';

export interface FoldMetrics {
  format: 1;
  fold: number;
  /** The metric that chose the epoch. */
  metric: string;
  /** Its value on the held-out rows, worked out from `oof.csv`; null where it is not defined. */
  score: number | null;
  /** The same of every metric that fits the task. */
  scores: Record<string, number | null>;
  /** `choose`: of nested folds, the rows that chose the epoch. */
  rows: { train: number; valid: number; choose?: number; test: number };
  epochs: { epoch: number; loss: number; score?: number | null; seconds: number }[];
  bestEpoch: number;
  /** Of matrix products, as it was. */
  precision: FittedFold['precision'];
  parameters: number;
  seconds: FittedFold['seconds'] & { total: number };
  tokensPerSecond: number;
  /** The largest resident set of the process until the fold was done. */
  peakMemoryBytes: number;
  engine: EngineRecord;
  code: CodeVersion;
  configHash: string;
  /** ISO 8601, in UTC. */
  finished: string;
}

/** @returns undefined for a fold that is not done */
export function readFoldMetrics(runFolder: string, fold: number): Promise<FoldMetrics | undefined> {
  return readJson(join(runFolder, `fold-${fold}`, 'metrics.json'));
}

/** @returns the numbers of the done folds, ascending */
export function doneFolds(folder: string, k: number): number[] {
  return Array.from({ length: k }, (_, fold) => fold).filter((fold) =>
    existsSync(join(folder, `fold-${fold}`, 'metrics.json')),
  );
}
