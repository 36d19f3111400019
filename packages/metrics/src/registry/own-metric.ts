/** A metric of a user's own: what `defineMetric` makes, and how the rest of Foldwise knows it from any other object. */
import type { Metric } from '../metric.ts';

export interface OwnMetric extends Metric {
  /** The text of its function, for a run's hash: another function is another metric. */
  source: string;
}

const made = new WeakSet<object>();

/** @returns the same object, from now on an own metric */
export function asOwnMetric(metric: OwnMetric): OwnMetric {
  made.add(metric);
  return Object.freeze(metric);
}

export function isOwnMetric(value: unknown): value is OwnMetric {
  return typeof value === 'object' && value !== null && made.has(value);
}
