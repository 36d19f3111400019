/** Decides: turns probabilities into the classes that metrics such as accuracy take. */
import type { Columns, MetricTask } from './metric.ts';

/**
 * @param probabilities of 1, [labels][rows], or for multi-class and ordinal of each class, [classes][rows]
 * @returns for multi-class the first of the most probable classes, and for ordinal the number of classes that the truth
 * is above with a probability above a half (the median; Shi, Cao & Raschka 2021), [1][rows]; else 1 above a half and 0
 * to a half, [labels][rows]
 */
export function toClasses(task: Exclude<MetricTask, 'regression'>, probabilities: Columns): Float64Array[] {
  if (task === 'ordinal') return [ranks(probabilities)];
  if (task !== 'multi-class') return probabilities.map((column) => column.map((p) => Number(p > 0.5)));
  const best = (row: number): number =>
    probabilities.reduce((best, column, c) => (column[row]! > probabilities[best]![row]! ? c : best), 0);
  return [Float64Array.from(probabilities[0] ?? [], (_, row) => best(row))];
}

function ranks(probabilities: Columns): Float64Array {
  const result = new Float64Array(probabilities[0]?.length ?? 0);
  const above = new Float64Array(result.length);
  // From the highest class down, so that small probabilities are added up first.
  for (const column of probabilities.slice(1).reverse())
    column.forEach((p, row) => {
      above[row]! += p;
      if (above[row]! > 0.5) result[row]!++;
    });
  return result;
}
