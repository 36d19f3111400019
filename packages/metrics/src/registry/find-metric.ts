/** Looks a metric up by the name that a person wrote, and makes it where the name has a parameter. */
import { closestMatch } from 'leven';
import { metricFamilies } from './metric-families.ts';
import type { Metric, MetricTask } from '../metric.ts';
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
  const name = isOwnMetric(wanted) ? wanted.name : wanted;
  const metric = isOwnMetric(wanted) ? wanted : lookUpMetric(wanted);
  if (metric === undefined)
    throw new Error(
      `there is no metric "${name}"; the nearest is "${nearest(name, known)}"; known are ${known.join(', ')}`,
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

/** What may stand after the sign. */
const parameters = {
  ':': { expected: 'a number above 0', fits: (value: number) => value > 0 && value < Infinity },
  '@': {
    expected: 'a whole number of 1 or more',
    fits: (value: number) => Number.isSafeInteger(value) && value >= 1,
  },
};

/**
 * Makes the metric of a name, with its parameter where it has one.
 *
 * @returns undefined where there is no such metric; of `fbeta:2.0` the metric `fbeta:2`
 * @throws Error for a parameter that is none
 */
export function lookUpMetric(name: string): Metric | undefined {
  const metric = metrics.get(name);
  if (metric !== undefined) return metric;
  const family = metricFamilies.find(({ prefix }) => name.startsWith(prefix));
  if (family === undefined) return undefined;
  const { prefix, example } = family;
  const written = name.slice(prefix.length);
  const { expected, fits } = parameters[prefix.at(-1) as keyof typeof parameters];
  const parameter = /^[\d.]+$/.test(written) ? Number(written) : NaN;
  if (!fits(parameter))
    throw new Error(`"${written}" in the metric "${name}": expected ${expected}, as in ${prefix}${example}`);
  return family.create(parameter);
}
