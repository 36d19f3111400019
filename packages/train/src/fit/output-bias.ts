/** Where the output's bias starts: the answer of a model that sees no text. */
import type { OutputTask } from '@foldwise/heads';

/**
 * Means for regression, log-odds for binary and multi-label, log-shares for multi-class; classes that the rows lack
 * count half a row. targets: [columns][rows]; `outputs`: the model's number of logits.
 */
export function outputBias(
  task: OutputTask,
  targets: readonly Float64Array[],
  rows: Int32Array,
  outputs: number,
): Float32Array {
  const mean = (column: Float64Array) => rows.reduce((sum, row) => sum + column[row]!, 0) / rows.length;
  if (task === 'regression') return Float32Array.from(targets, mean);
  if (task === 'multi-class') {
    const counts = new Float64Array(outputs).fill(0.5);
    for (const row of rows) counts[targets[0]![row]!]! += 1;
    return Float32Array.from(counts, (count) => Math.log(count / (rows.length + outputs / 2)));
  }
  return Float32Array.from(targets, (column) => {
    const positives = mean(column) * rows.length;
    return Math.log((positives + 0.5) / (rows.length - positives + 0.5));
  });
}
