/** Where the output's bias starts: the answer of a model that sees no text. */
import type { OutputTask } from '@foldwise/heads';

/**
 * Means for regression, log-odds for binary and multi-label, log-shares for multi-class, and for ordinal the log-odds of
 * each rank above the one before it; classes that the rows lack count half a row. targets: [columns][rows]; `outputs`: the model's number of logits.
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
  const logOdds = (positives: number, negatives: number) => Math.log((positives + 0.5) / (negatives + 0.5));
  if (task === 'ordinal') {
    const count = (fits: (rank: number) => boolean) => rows.filter((row) => fits(targets[0]![row]!)).length;
    return Float32Array.from({ length: outputs }, (_, k) =>
      logOdds(
        count((rank) => rank > k),
        count((rank) => rank === k),
      ),
    );
  }
  return Float32Array.from(targets, (column) => {
    const positives = mean(column) * rows.length;
    return logOdds(positives, rows.length - positives);
  });
}
