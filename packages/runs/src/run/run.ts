/** One experiment configuration on all folds of a competition: what `openRun` gives and the other steps take. */
import type { Competition, Pipeline } from '@foldwise/data';
import type { Split } from '@foldwise/folds';
import type { Metric } from '@foldwise/metrics';
import type { RunRecord } from './run-record.ts';

export interface Run {
  name: string;
  /** Absolute; made with the first fold. */
  folder: string;
  config: Pipeline;
  configHash: string;
  foldsHash: string;
  /** Which train rows each fold trains on and holds out. */
  split: Split;
  competition: Competition;
  /** The pipeline's metric, else the competition's. */
  metric: Metric;
  /** SHA-256 of the competition's files. */
  data: RunRecord['data'];
}
