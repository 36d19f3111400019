/** Makes the metric of a name, with its parameter where it has one. */
import { metricFamilies } from './metric-families.ts';
import type { Metric } from './metric.ts';
import { metrics } from './metrics.ts';

/** What may stand after the sign. */
const parameters = {
  ':': { expected: 'a number above 0', fits: (value: number) => value > 0 && value < Infinity },
  '@': {
    expected: 'a whole number of 1 or more',
    fits: (value: number) => Number.isSafeInteger(value) && value >= 1,
  },
};

/**
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
