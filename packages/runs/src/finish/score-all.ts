/** Scores predictions by the metric that was asked for, and by those that every record of the task has. */
import { asTaken, shownMetrics, type Columns, type Metric, type MetricTask } from '@foldwise/metrics';

/**
 * @param truth [targets][rows]
 * @param predictions numbers, [targets][rows]; or probabilities of 1, [labels][rows], or of each class, [classes][rows]
 * @returns the scores by the metrics' names; null, as in JSON, where a metric is not defined for these rows
 */
export function scoreAll(
  metric: Metric,
  task: MetricTask,
  truth: Columns,
  predictions: Columns,
): Record<string, number | null> {
  const byName = new Map([...shownMetrics(task), metric].map((one) => [one.name, one]));
  return Object.fromEntries(
    Array.from(byName.values(), (one) => {
      const score = one.score(truth, asTaken(one, task, predictions));
      return [one.name, Number.isNaN(score) ? null : score];
    }),
  );
}
