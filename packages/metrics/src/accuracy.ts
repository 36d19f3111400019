/** The share of rows whose classes, or for multi-label whose labels all, are right; `sklearn.metrics.accuracy_score`. */
import { checkColumns } from './check-columns.ts';
import { mean } from './mean.ts';
import type { Metric } from './metric.ts';

export const accuracy: Metric = {
  name: 'accuracy',
  direction: 'higher',
  tasks: ['binary', 'multi-class', 'multi-label', 'ordinal'],
  takes: 'classes',
  takesWeights: true,
  score(truth, predictions, weights) {
    checkColumns(truth, predictions, weights);
    if (truth.length !== predictions.length)
      throw new Error(
        `expected the classes of ${truth.length} targets, got ${predictions.length} columns; probabilities must be made classes first`,
      );
    const right = (row: number): boolean => truth.every((column, c) => column[row] === predictions[c]![row]);
    return mean(truth[0]!.length, (row) => Number(right(row)), weights);
  },
};
