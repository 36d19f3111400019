/** Scores predictions by every metric that fits the task. */
import { asTaken, metrics, type Columns, type Metric, type MetricTask } from '@foldwise/metrics';

/**
 * @param truth [targets][rows]
 * @param predictions numbers, [targets][rows]; or probabilities of 1, [labels][rows], or of each class, [classes][rows]
 * @returns the scores by the metrics' names; null, as in JSON, where a metric is not defined for these rows
 */
export function scoreAll(
  task: MetricTask,
  truth: Columns,
  predictions: Columns,
): Record<string, number | null> {
  const fitting = (Object.values(metrics) as Metric[]).filter((metric) => metric.tasks.includes(task));
  return Object.fromEntries(
    fitting.map((metric) => {
      const score = metric.score(truth, asTaken(metric, task, predictions));
      return [metric.name, Number.isNaN(score) ? null : score];
    }),
  );
}
