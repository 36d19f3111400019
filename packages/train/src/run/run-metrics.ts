/** What a run's `metrics.json` holds: its score on all train rows, each predicted by the model that did not see it. */

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
  rows: { train: number; test: number };
  /** Of all folds. */
  seconds: number;
}
