/** The arithmetic mean, of a corrected sum. */
import { sum } from './sum.ts';

/** @returns NaN of no values */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}
