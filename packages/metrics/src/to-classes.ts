/** Decides: turns probabilities into the classes that metrics such as accuracy take. */
import type { Columns, MetricTask } from './metric.ts';

/**
 * @param probabilities of 1, [labels][rows], or for multi-class of each class, [classes][rows]
 * @returns for multi-class the first of the most probable classes, [1][rows]; else 1 above a half and 0 to a half,
 * [labels][rows]
 */
export function toClasses(task: Exclude<MetricTask, 'regression'>, probabilities: Columns): Float64Array[] {
  if (task !== 'multi-class') return probabilities.map((column) => column.map((p) => Number(p > 0.5)));
  const best = (row: number): number =>
    probabilities.reduce((best, column, c) => (column[row]! > probabilities[best]![row]! ? c : best), 0);
  return [Float64Array.from(probabilities[0] ?? [], (_, row) => best(row))];
}
