/** The public names of @foldwise/metrics. */
export { asTaken } from './as-taken.ts';
export { findMetric } from './find-metric.ts';
export type { Columns, Metric, MetricTask } from './metric.ts';
export { metrics } from './metrics.ts';
export { toClasses } from './to-classes.ts';
