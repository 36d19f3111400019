/** Rows that are scored: truth and predictions as the metric takes them. */
import type { Columns, Metric } from '../metric.ts';

export interface ScoredRows {
  metric: Metric;
  /** [targets][rows] */
  truth: Columns;
  /** As the metric takes them: [targets][rows] or [classes][rows]. */
  predictions: Columns;
  /** [rows] */
  weights?: Float64Array | undefined;
}
