/** Experiments: a pipeline's configuration with other values in it, listed one by one or multiplied. */
import { z } from 'zod';
import { nearestName } from '../schema/nearest-name.ts';

/** Settings that have a short name, as on the command line. */
const short: Readonly<Record<string, string>> = {
  seed: 'training.seed',
  epochs: 'training.epochs',
  batch: 'training.batch',
  lr: 'training.lr',
  maxLength: 'training.maxLength',
};

/** As they are written. The object multiplies its lists; the list has one experiment an entry. */
export const experimentSettings = z.union(
  [
    z.record(z.string(), z.array(z.unknown()).min(1)),
    z.array(z.record(z.string(), z.unknown()).refine((entry) => !Array.isArray(entry))).min(1),
  ],
  {
    error:
      "expected lists of values to multiply, such as { head: ['cls', 'mean'], seed: [0, 1] }, or a list of changes, such as [{ head: 'cls' }, { lr: 5e-5 }]",
  },
);

/** What experiments change: values by their paths. */
interface Change {
  name: string;
  values: ReadonlyMap<string, unknown>;
}

/**
 * @param known the paths of what experiments may change
 * @returns the changes by the experiments' names, which are made of the values unless given
 * @throws Error for unknown settings and for two experiments of one name
 */
export function experimentChanges(
  experiments: z.output<typeof experimentSettings>,
  known: readonly string[],
): Change[] {
  const entries = Array.isArray(experiments) ? experiments : multiply(Object.entries(experiments));
  const all = [...known, ...Object.keys(short)];
  const changes = entries.map(({ name, ...values }) => {
    for (const key of Object.keys(values)) {
      if (all.includes(key)) continue;
      if (/^folds\b/.test(key))
        throw new Error(`"${key}" cannot differ: experiments are compared on the same folds`);
      throw new Error(`unknown setting "${key}"; the nearest known one is "${nearestName(key, all)}"`);
    }
    const byPath = new Map(Object.entries(values).map(([key, value]) => [short[key] ?? key, value]));
    return { name: nameOf(name, byPath), values: byPath };
  });
  const twice = changes.find(({ name }, i) => changes.findIndex((other) => other.name === name) < i);
  if (twice)
    throw new Error(`two are called "${twice.name}"; give one another name, as in { name: 'other' }`);
  return changes;
}

/** Every combination, the last key's values changing fastest. */
function multiply(lists: [key: string, values: unknown[]][]): Record<string, unknown>[] {
  return lists.reduce<Record<string, unknown>[]>(
    (entries, [key, values]) =>
      entries.flatMap((entry) => values.map((value) => ({ ...entry, [key]: value }))),
    [{}],
  );
}

function nameOf(given: unknown, values: ReadonlyMap<string, unknown>): string {
  if (given === undefined)
    return Array.from(values, ([path, value]) => part(path, value)).join('-') || 'base';
  if (typeof given === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(given)) return given;
  throw new Error(`name: expected a name of letters, digits, "-", "_" and ".", got ${JSON.stringify(given)}`);
}

/** Such as `cls` for a head, `s1` for a seed and `lr-5e-5` for anything else. */
function part(path: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (path === 'training.seed') return `s${text}`;
  if (path === 'head') return safe(text);
  if (path === 'encoder') return safe(text.split(/[\\/]/).filter(Boolean).at(-1) ?? text);
  return `${path.split('.').at(-1)}-${safe(text)}`;
}

const safe = (text: string): string => text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
