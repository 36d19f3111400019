/** The share of right classes: of all rows, or of each class's. */
import { checkColumns, onlyClasses } from '../columns/checks.ts';
import { classCounts } from './class-counts.ts';
import type { Metric } from '../metric.ts';
import { mean } from '../columns/sums.ts';

/** The share of rows whose classes, or for multi-label whose labels all, are right; `sklearn.metrics.accuracy_score`. */
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

/** The recall of each class that is there, averaged over them; `sklearn.metrics.balanced_accuracy_score`. */
export const balancedAccuracy: Metric = {
  name: 'balanced-accuracy',
  direction: 'higher',
  tasks: ['binary', 'multi-class', 'ordinal'],
  takes: 'classes',
  takesWeights: true,
  score(truth, predictions, weights) {
    checkColumns(truth, predictions, weights);
    const counts = classCounts(...onlyClasses(truth, predictions), weights).filter(
      ({ actual }) => actual > 0,
    );
    return mean(counts.length, (c) => counts[c]!.right / counts[c]!.actual);
  },
};
