/** What `fold-K/metrics.json` holds: how well one fold did, and what it took. */
import type { FittedFold } from '../fit-fold.ts';
import type { CodeVersion } from './code-version.ts';
import type { EngineRecord } from './run-record.ts';

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
