/** Predictions as numbers on a line: for ordinal tasks the mean of the class's index under its probabilities. */
import type { Columns, MetricTask } from '../metric.ts';

/**
 * @param predictions numbers, [targets][rows], or probabilities of each class, [classes][rows]
 * @returns [targets][rows]
 */
export function numberLine(task: MetricTask, predictions: Columns): Columns {
  if (task !== 'ordinal') return predictions;
  const means = new Float64Array(predictions[0]?.length ?? 0);
  predictions.forEach((column, c) => column.forEach((p, row) => (means[row]! += c * p)));
  return [means];
}
