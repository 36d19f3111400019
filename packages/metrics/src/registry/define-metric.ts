/** Makes a metric of a user's own function, for a `pipeline.ts`. */
import { closestMatch } from 'leven';
import { checkColumns } from '../columns/checks.ts';
import { lookUpMetric } from './find-metric.ts';
import type { Metric, MetricTask } from '../metric.ts';
import { asOwnMetric, type OwnMetric } from './own-metric.ts';

export interface MetricDefinition extends Pick<Metric, 'name' | 'direction' | 'takes' | 'score'> {
  /** Those that it fits; undefined means all. */
  tasks?: readonly MetricTask[];
  /** Whether `score` takes weights as its third argument; undefined means not. */
  takesWeights?: boolean;
}

const tasks: readonly MetricTask[] = ['regression', 'binary', 'multi-class', 'multi-label', 'ordinal'];

/** What each key may be, for values that no type checker has seen. */
const checks: Record<keyof MetricDefinition, [expected: string, (value: unknown) => boolean]> = {
  name: [
    'letters, digits and -_.:@, the first a letter',
    (value) => typeof value === 'string' && /^[A-Za-z][\w.:@-]*$/.test(value),
  ],
  direction: ['"lower" or "higher"', (value) => value === 'lower' || value === 'higher'],
  takes: [
    '"numbers", "probabilities", "classes" or "ranks"',
    (value) => ['numbers', 'probabilities', 'classes', 'ranks'].includes(value as string),
  ],
  score: ['a function', (value) => typeof value === 'function'],
  tasks: [
    `a list of ${tasks.join(', ')}`,
    (value) =>
      value === undefined ||
      (Array.isArray(value) && value.every((task: MetricTask) => tasks.includes(task))),
  ],
  takesWeights: ['true or false', (value) => value === undefined || typeof value === 'boolean'],
};

/**
 * `score` gets copies of checked columns: as many rows in each, all finite numbers. A run's hash has the metric's name and
 * the text of `score`, not that of the functions which it calls.
 *
 * @throws Error for keys and values that are not those of a definition, and for the name of another metric
 * @example
 * definePipeline({
 *   metric: defineMetric({
 *     name: 'worst-error',
 *     direction: 'lower',
 *     takes: 'numbers',
 *     score: ([truth], [predicted]) => truth!.reduce((worst, y, row) => Math.max(worst, Math.abs(y - predicted![row]!)), 0),
 *   }),
 * });
 */
export function defineMetric(definition: MetricDefinition): OwnMetric {
  const known = Object.keys(checks);
  const unknown = Object.keys(definition).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new Error(
      `defineMetric: unknown key "${unknown}"; the nearest known one is "${closestMatch(unknown, known)}"`,
    );
  for (const [key, [expected, fits]] of Object.entries(checks)) {
    const value = definition[key as keyof MetricDefinition];
    if (!fits(value)) throw new Error(`defineMetric: ${key}: expected ${expected}, got ${written(value)}`);
  }
  const { name, direction, takes, takesWeights = false, score } = definition;
  if (lookUpMetric(name) !== undefined)
    throw new Error(`defineMetric: name: there is a metric "${name}" already; expected another name`);
  return asOwnMetric({
    name,
    direction,
    takes,
    takesWeights,
    tasks: definition.tasks ?? tasks,
    source: String(score),
    score(truth, predictions, weights) {
      if (weights !== undefined && !takesWeights) throw new Error(`the metric "${name}" takes no weights`);
      checkColumns(truth, predictions, weights);
      // Copies, for a function that sorts its arguments would spoil the run's predictions.
      const [t, p] = [truth, predictions].map((columns) => columns.map((column) => column.slice()));
      const value: unknown = score(t!, p!, weights?.slice());
      if (typeof value !== 'number')
        throw new Error(`the metric "${name}" returned ${written(value)}; expected a number`);
      return value;
    },
  });
}

const written = (value: unknown): string =>
  ['undefined', 'function', 'symbol'].includes(typeof value) ? String(value) : JSON.stringify(value);
