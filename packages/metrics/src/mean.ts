/** The arithmetic mean, weighted if asked, of corrected sums; `numpy.average`. */
import { sum } from './sum.ts';

/**
 * @param term the value of each row
 * @returns NaN of no rows
 */
export function mean(rows: number, term: (row: number) => number, weights?: Float64Array): number {
  if (weights === undefined) return sum(rows, term) / rows;
  return sum(rows, (row) => weights[row]! * term(row)) / sum(rows, (row) => weights[row]!);
}
