/** What a run's `metrics.json` holds: its score on all held-out rows, each predicted by models that did not see it. */
import type { PostProcessingSetting, TunedPostProcessing } from '@foldwise/metrics';

export interface RunMetrics {
  format: 1;
  metric: string;
  direction: 'lower' | 'higher';
  /** The metric on all out-of-fold predictions together; null where it is not defined. */
  score: number | null;
  /** The same of every metric that fits the task. */
  scores: Record<string, number | null>;
  /** Over the folds, for every metric: one score each, their mean, and their standard deviation with n - 1. */
  folds: Record<string, { scores: (number | null)[]; mean: number | null; sd: number | null }>;
  /** Where the pipeline asks for one; all of the above is without it, and the submission is with it. */
  postProcessing?: PostProcessingRecord;
  /** `oof`: how many train rows are predicted, where not all are, as in time series and hold-outs. */
  rows: { train: number; oof?: number; test: number };
  /** Of all folds. */
  seconds: number;
  /** Of a model; undefined where an older version finished the run. */
  parameters?: number;
  /** The largest of the folds. */
  peakMemoryBytes?: number;
}

/** What the post-processing is worth, and what the submission was made with. */
export interface PostProcessingRecord extends TunedPostProcessing {
  /** As the pipeline asked for it; where that changes, the results are made anew. */
  setting: PostProcessingSetting;
}
