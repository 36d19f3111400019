/** Scores each target by itself and averages, as scikit-learn's `multioutput="uniform_average"` does. */
import { checkColumns } from './checks.ts';
import type { Metric } from '../metric.ts';
import { mean } from './sums.ts';

/** @returns a `score` that checks its arguments, which must have as many predicted columns as true ones */
export function meanOverColumns(
  scoreColumn: (truth: Float64Array, predicted: Float64Array, weights?: Float64Array) => number,
): Metric['score'] {
  return (truth, predictions, weights) => {
    checkColumns(truth, predictions, weights);
    if (truth.length !== predictions.length)
      throw new Error(`expected predictions of ${truth.length} targets, got ${predictions.length}`);
    return mean(truth.length, (c) => scoreColumn(truth[c]!, predictions[c]!, weights));
  };
}
