/**
 * Area under the ROC curve, of one label, averaged over several, and for classes each one against the rest or against
 * each other one (Hand & Till 2001); `sklearn.metrics.roc_auc_score`. NaN where a label is always 0 or always 1. Only
 * the order of the scores matters, so they need not be probabilities.
 */
import { areaUnderRoc } from './area-under-roc.ts';
import { checkClasses, checkColumns } from '../columns/checks.ts';
import { averagedOverLabels, labelAverages } from './label-averages.ts';
import type { Columns, Metric } from '../metric.ts';
import { oneHot } from '../columns/one-hot.ts';
import { mean } from '../columns/sums.ts';
import { withoutWeights } from '../columns/without-weights.ts';

const ofClasses = {
  direction: 'higher',
  tasks: ['multi-class', 'ordinal'],
  takes: 'ranks',
} satisfies Partial<Metric>;

/** A class that no row has leaves it undefined, unless classes are weighted. */
function oneVersusRest(name: string, average: 'macro' | 'weighted'): Metric {
  const score = labelAverages[average](areaUnderRoc);
  return {
    ...ofClasses,
    name,
    takesWeights: true,
    score(truth, predictions, weights) {
      checkColumns(truth, predictions, weights);
      return score(oneHot(onlyTarget(truth, predictions), predictions.length), predictions, weights);
    },
  };
}

/** Classes that no row has are left out; weighted means by the rows of either class. */
function oneVersusOne(name: string, weighted: boolean): Metric {
  return {
    ...ofClasses,
    name,
    ...withoutWeights(name, (truth, predictions) => {
      checkColumns(truth, predictions);
      const classes = onlyTarget(truth, predictions);
      checkClasses(classes, predictions.length);
      const rowsOf = predictions.map(() => [] as number[]);
      classes.forEach((c, row) => rowsOf[c]!.push(row));
      const present = predictions.flatMap((_, c) => (rowsOf[c]!.length > 0 ? [c] : []));
      const pairs = present.flatMap((a, i) => present.slice(i + 1).map((b) => [a, b] as const));
      const area = (ones: number, zeros: number): number => {
        const rows = [...rowsOf[ones]!, ...rowsOf[zeros]!];
        const labels = Float64Array.from(rows, (_, i) => Number(i < rowsOf[ones]!.length));
        return areaUnderRoc(
          labels,
          Float64Array.from(rows, (row) => predictions[ones]![row]!),
        );
      };
      const counts = Float64Array.from(pairs, ([a, b]) => rowsOf[a]!.length + rowsOf[b]!.length);
      const ofPair = (i: number): number =>
        (area(pairs[i]![0], pairs[i]![1]) + area(pairs[i]![1], pairs[i]![0])) / 2;
      return mean(pairs.length, ofPair, weighted ? counts : undefined);
    }),
  };
}

function onlyTarget(truth: Columns, predictions: Columns): Float64Array {
  if (truth.length > 1 || predictions.length < 2)
    throw new Error(
      `expected the scores of one target's classes, got ${predictions.length} columns for the truth of ${truth.length} targets`,
    );
  return truth[0]!;
}

export const rocAuc: Metric[] = [
  ...averagedOverLabels('roc-auc', ['binary', 'multi-label'], areaUnderRoc),
  oneVersusRest('roc-auc-ovr', 'macro'),
  oneVersusRest('roc-auc-ovr-weighted', 'weighted'),
  oneVersusOne('roc-auc-ovo', false),
  oneVersusOne('roc-auc-ovo-weighted', true),
];
