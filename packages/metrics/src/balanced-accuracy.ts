/** The recall of each class that is there, averaged over them; `sklearn.metrics.balanced_accuracy_score`. */
import { checkColumns } from './check-columns.ts';
import { classCounts } from './class-counts.ts';
import { mean } from './mean.ts';
import type { Metric } from './metric.ts';
import { onlyClasses } from './only-classes.ts';

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
