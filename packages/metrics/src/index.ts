/** The public names of @foldwise/metrics. */
export { asTaken } from './as-taken.ts';
export { defineMetric, type MetricDefinition } from './define-metric.ts';
export { findMetric } from './find-metric.ts';
export type { Columns, Metric, MetricTask } from './metric.ts';
export { isOwnMetric, type OwnMetric } from './own-metric.ts';
export { shownMetrics } from './shown-metrics.ts';
export { toClasses } from './to-classes.ts';
