/** The metrics that every record of a task has, beside the one that the pipeline asks for. */
import type { Metric, MetricTask } from './metric.ts';
import { metrics } from './metrics.ts';

/** None that throws for what a model of the task predicts. */
const names: Record<MetricTask, string[]> = {
  regression: ['rmse', 'mcrmse', 'mse', 'mae', 'r2', 'pearson', 'spearman'],
  binary: ['accuracy', 'log-loss', 'roc-auc'],
  'multi-class': ['accuracy', 'log-loss'],
  'multi-label': ['accuracy', 'log-loss', 'roc-auc'],
  ordinal: ['rmse', 'mse', 'mae', 'accuracy', 'qwk', 'log-loss'],
};

export function shownMetrics(task: MetricTask): Metric[] {
  return names[task].map((name) => metrics.get(name)!);
}
