/** Makes probabilities of what a blend gave: those of linear combinations can be below 0, above 1, or not add up. */
import type { MetricTask } from '@foldwise/metrics';

/**
 * @param columns changed in place: [columns][rows]
 * @returns the same columns: numbers as they are, probabilities between 0 and 1, those of classes divided by their sum
 */
export function validPredictions(task: MetricTask, columns: Float64Array[]): Float64Array[] {
  if (task === 'regression') return columns;
  for (const column of columns)
    for (let row = 0; row < column.length; row++) column[row] = Math.min(1, Math.max(0, column[row]!));
  if (task !== 'multi-class' && task !== 'ordinal') return columns;
  const rows = columns[0]?.length ?? 0;
  for (let row = 0; row < rows; row++) {
    let total = 0;
    for (const column of columns) total += column[row]!;
    for (const column of columns) column[row] = total > 0 ? column[row]! / total : 1 / columns.length;
  }
  return columns;
}
