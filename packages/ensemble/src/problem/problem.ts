/** What a blend is fitted to: the members' predictions of some rows, and what is true of them. */
import type { Columns, Metric, MetricTask } from '@foldwise/metrics';

export interface Problem {
  task: MetricTask;
  /** What the blend should be good at. */
  metric: Metric;
  /** As the metric takes it: [targets][rows]. All targets share the members' weights. */
  truth: Columns;
  /** Numbers or probabilities: [members][columns][rows]. */
  members: readonly Columns[];
}
