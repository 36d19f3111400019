/**
 * Metrics of one label's scores, averaged over several labels as scikit-learn's `average` does for them: macro (whose
 * name is the metric's own), micro, weighted, samples.
 */
import { checkColumns } from '../columns/checks.ts';
import type { Columns, Metric } from '../metric.ts';
import { mean, sum } from '../columns/sums.ts';

type OfLabel = (truth: Float64Array, scores: Float64Array, weights?: Float64Array) => number;
type OfLabels = (truth: Columns, scores: Columns, weights?: Float64Array) => number;

export const labelAverages: Record<'macro' | 'micro' | 'weighted' | 'samples', (of: OfLabel) => OfLabels> = {
  macro: (of) => (truth, scores, weights) => mean(truth.length, (c) => of(truth[c]!, scores[c]!, weights)),
  /** Of all labels of all rows as if they were rows of one. */
  micro: (of) => (truth, scores, weights) =>
    of(joined(truth), joined(scores), weights && joined(truth.map(() => weights))),
  /** By how many rows have each label; those that none has do not count, and where none has any, the score is 0. */
  weighted: (of) => (truth, scores, weights) => {
    const ones = truth.map((column) =>
      sum(column.length, (row) => column[row]! * (weights === undefined ? 1 : weights[row]!)),
    );
    const had = ones.flatMap((count, c) => (count > 0 ? [c] : []));
    if (had.length === 0) return 0;
    return mean(
      had.length,
      (i) => of(truth[had[i]!]!, scores[had[i]!]!, weights),
      Float64Array.from(had, (c) => ones[c]!),
    );
  },
  /** Over rows, each with its labels as if they were rows. */
  samples: (of) => (truth, scores, weights) => {
    const ofRow = (columns: Columns, row: number) => Float64Array.from(columns, (column) => column[row]!);
    return mean(truth[0]!.length, (row) => of(ofRow(truth, row), ofRow(scores, row)), weights);
  },
};

function joined(columns: Columns): Float64Array {
  const [{ length: rows } = { length: 0 }] = columns;
  const result = new Float64Array(columns.length * rows);
  columns.forEach((column, c) => result.set(column, c * rows));
  return result;
}

/** @returns the metrics `name`, `name-micro`, `name-weighted` and `name-samples` of several labels */
export function averagedOverLabels(name: string, tasks: Metric['tasks'], of: OfLabel): Metric[] {
  return Object.entries(labelAverages).map(([average, make]) => {
    const score = make(of);
    return {
      name: average === 'macro' ? name : `${name}-${average}`,
      direction: 'higher',
      tasks: average === 'macro' ? tasks : ['multi-label'],
      takes: 'ranks',
      takesWeights: true,
      score(truth, predictions, weights) {
        checkColumns(truth, predictions, weights);
        if (truth.length !== predictions.length)
          throw new Error(`expected predictions of ${truth.length} targets, got ${predictions.length}`);
        return score(truth, predictions, weights);
      },
    };
  });
}
