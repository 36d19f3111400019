/** What `submission.json` holds: all that made the `submission.csv` beside it, so that it can be made again. */
import type { Pipeline } from '@foldwise/data';
import type { CodeVersion } from '../run/code-version.ts';
import type { PostProcessingRecord } from '../run/run-metrics.ts';
import type { EngineRecord, RunRecord } from '../run/run-record.ts';

export interface SubmissionManifest {
  format: 1;
  /** Its folder's, within the pipeline's. */
  name: string;
  pipeline: string;
  competition: string;
  /** The runs whose predictions it was made of: one, or an ensemble's members. */
  runs: SubmissionRun[];
  /** How the runs were blended; undefined for one run alone. */
  blend?: SubmissionBlend;
  /**
   * What was done to the predictions, with parameters fitted to all out-of-fold ones; undefined for nothing. Older ones lack
   * the setting.
   */
  postProcessing?: Pick<PostProcessingRecord, 'kind' | 'parameters'> &
    Partial<Pick<PostProcessingRecord, 'setting'>>;
  /** On the out-of-fold predictions, without it; the value is null where the metric is not defined. */
  score: { metric: string; value: number | null };
  /** SHA-256 of the competition's files. */
  data: RunRecord['data'];
  /** The code that wrote it; that of the training is each run's. */
  code: CodeVersion;
  rows: number;
  /** Of `submission.csv`. */
  sha256: string;
  /** What was odd and allowed. */
  warnings: string[];
  /** ISO 8601, in UTC. */
  created: string;
}

/** The blend's method and what else chose it; the rest is the ensemble's own. */
export type SubmissionBlend = { method: string } & Record<string, unknown>;

export interface SubmissionRun {
  name: string;
  config: Pipeline;
  configHash: string;
  foldsHash: string;
  code: CodeVersion;
  engine: EngineRecord;
  /** SHA-256 of each fold's predictions, by its number; null where they were not there any more. */
  folds: ({ oof: string; test: string } | null)[];
}
