/** Looks a metric up by the name that a person wrote. */
import { closestMatch } from 'leven';
import type { Metric, MetricTask } from './metric.ts';
import { metrics } from './metrics.ts';

/**
 * @param task where it is given, the metric must be one of this task
 * @throws Error that lists the known metrics and names the nearest, or lists those of the task
 */
export function findMetric(name: string, task?: MetricTask): Metric {
  const known: Metric[] = Object.values(metrics);
  const names = known.map((metric) => metric.name);
  const metric = known.find((m) => m.name === name);
  if (metric === undefined)
    throw new Error(
      `there is no metric "${name}"; the nearest is "${closestMatch(name.toLowerCase(), names)}"; known are ${names.join(', ')}`,
    );
  if (task !== undefined && !metric.tasks.includes(task)) {
    const fitting = known.filter((m) => m.tasks.includes(task)).map((m) => m.name);
    throw new Error(
      `the metric "${name}" does not fit a ${task} task; those that do are ${fitting.join(', ')}`,
    );
  }
  return metric;
}
