/** The metrics that every record of a task has, beside the one that the pipeline asks for. */
import type { Metric, MetricTask } from '../metric.ts';
import { metrics } from './metrics.ts';

/** What people look at, and none that throws for what a model of the task predicts. */
const names: Record<MetricTask, string[]> = {
  regression: ['rmse', 'mae', 'r2', 'pearson', 'spearman'],
  binary: ['roc-auc', 'average-precision', 'log-loss', 'brier', 'accuracy', 'f1', 'mcc'],
  'multi-class': ['accuracy', 'balanced-accuracy', 'f1-macro', 'log-loss', 'roc-auc-ovr'],
  'multi-label': ['roc-auc', 'average-precision', 'log-loss', 'f1-macro', 'f1-micro', 'accuracy'],
  ordinal: ['qwk', 'mae', 'rmse', 'accuracy', 'f1-macro', 'log-loss'],
};

export function shownMetrics(task: MetricTask): Metric[] {
  return names[task].map((name) => metrics.get(name)!);
}
