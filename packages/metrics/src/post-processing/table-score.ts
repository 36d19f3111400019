/**
 * The score of a table of how many rows of each class were taken for each. A metric of classes does not depend on the
 * order of rows, so a row for each cell, weighted by what is in it, scores what all rows do.
 */
import type { Metric } from '../metric.ts';

/**
 * @param values what the classes are called in truth and predictions: [classes]
 * @param copies how many target columns the table is given in, all alike: two make the average over labels that of one
 * label, where a single column would be read as classes
 * @returns a function of the table, [true class × classes + predicted class]; for metrics without weights the table must
 * hold whole numbers, as many rows as which are scored
 */
export function tableScore(
  metric: Metric,
  values: ArrayLike<number>,
  copies = 1,
): (table: Float64Array) => number {
  const classes = values.length;
  const copied = (column: Float64Array): Float64Array[] => Array.from({ length: copies }, () => column);
  return (table) => {
    const filled = Array.from(table.keys()).filter((cell) => table[cell]! > 0);
    const cells = metric.takesWeights
      ? filled
      : filled.flatMap((cell) => Array.from({ length: table[cell]! }, () => cell));
    const truth = Float64Array.from(cells, (cell) => values[Math.floor(cell / classes)]!);
    const taken = Float64Array.from(cells, (cell) => values[cell % classes]!);
    const weights = metric.takesWeights ? Float64Array.from(cells, (cell) => table[cell]!) : undefined;
    return metric.score(copied(truth), copied(taken), weights);
  };
}
