/**
 * Hinge loss of decision values, such as log-odds: what a row's margin lacks of 1; for classes, the margin between the
 * true one and the best other (Crammer & Singer 2001). `sklearn.metrics.hinge_loss`, but that labels which are all alike
 * stay what they are.
 */
import { checkClasses, checkColumns, checkLabels } from '../columns/checks.ts';
import type { Metric } from '../metric.ts';
import { mean } from '../columns/sums.ts';

export const hinge: Metric = {
  name: 'hinge',
  direction: 'lower',
  tasks: ['binary', 'multi-class'],
  takes: 'numbers',
  takesWeights: true,
  score(truth, predictions, weights) {
    checkColumns(truth, predictions, weights);
    const [labels] = truth;
    if (truth.length > 1)
      throw new Error(
        `expected one target, got ${predictions.length} columns for the truth of ${truth.length} targets`,
      );
    if (predictions.length === 1) checkLabels(labels!);
    else checkClasses(labels!, predictions.length);
    const margin = (row: number): number => {
      if (predictions.length === 1) return (2 * labels![row]! - 1) * predictions[0]![row]!;
      const others = predictions.map((column, c) => (c === labels![row] ? -Infinity : column[row]!));
      return predictions[labels![row]!]![row]! - Math.max(...others);
    };
    return mean(labels!.length, (row) => Math.max(0, 1 - margin(row)), weights);
  },
};
