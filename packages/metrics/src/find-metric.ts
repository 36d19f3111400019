/** Looks a metric up by the name that a person wrote. */
import { closestMatch } from 'leven';
import { lookUpMetric } from './look-up-metric.ts';
import { metricFamilies } from './metric-families.ts';
import type { Metric, MetricTask } from './metric.ts';
import { metrics } from './metrics.ts';
import { isOwnMetric, type OwnMetric } from './own-metric.ts';

/**
 * @param wanted a name such as `rmse`, `f1-macro`, `fbeta:2` or `map@3`; or what `defineMetric` made, which is returned
 * @param task where it is given, the metric must be one of this task
 * @throws Error that lists the known metrics, of the task where it is given, and names the nearest
 */
export function findMetric(wanted: string | OwnMetric, task?: MetricTask): Metric {
  const known = [...metrics.values(), ...metricFamilies.map(({ create, example }) => create(example))]
    .filter(({ tasks }) => task === undefined || tasks.includes(task))
    .map(({ name }) => name);
  const metric = isOwnMetric(wanted) ? wanted : lookUpMetric(wanted);
  if (metric === undefined)
    throw new Error(
      `there is no metric "${wanted}"; the nearest is "${nearest(String(wanted), known)}"; known are ${known.join(', ')}`,
    );
  if (task !== undefined && !metric.tasks.includes(task))
    throw new Error(
      `the metric "${metric.name}" does not fit a ${task} task; those that do are ${known.join(', ')}`,
    );
  return metric;
}

/** Its own family's, or one of which it is a part, else the one with the fewest edits. scikit-learn writes underscores. */
function nearest(name: string, known: string[]): string | undefined {
  const plain = name.toLowerCase().replaceAll('_', '-');
  const parts = (one: string): string[] => one.split(/[-:@]/);
  return (
    known.find((one) => one.startsWith(`${plain}:`) || one.startsWith(`${plain}@`)) ??
    known.find((one) => parts(one).includes(plain)) ??
    closestMatch(plain, known)
  );
}
