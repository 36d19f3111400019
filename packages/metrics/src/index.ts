/** The public names of @foldwise/metrics. */
export { areaUnderRoc } from './area-under-roc.ts';
export { asTaken } from './as-taken.ts';
export { defineMetric, type MetricDefinition } from './define-metric.ts';
export { findMetric } from './find-metric.ts';
export type { Columns, Metric, MetricTask } from './metric.ts';
export { isOwnMetric, type OwnMetric } from './own-metric.ts';
export { findPostProcessing } from './post-processing/find-post-processing.ts';
export { fittingPostProcessings } from './post-processing/fitting-post-processings.ts';
export type { PostProcessingSetting } from './post-processing/post-processing-setting.ts';
export { postProcessings } from './post-processing/post-processings.ts';
export { tunePostProcessing, type TunedPostProcessing } from './post-processing/tune-post-processing.ts';
export { shownMetrics } from './shown-metrics.ts';
export { sortWith } from './sort-with.ts';
export { toClasses } from './to-classes.ts';
export { bootstrap, type BootstrapInterval } from './uncertainty/bootstrap.ts';
export { costliestRows, type CostliestRows } from './uncertainty/costliest-rows.ts';
export { jackknife } from './uncertainty/jackknife.ts';
export { scoreCounter } from './uncertainty/score-counter.ts';
