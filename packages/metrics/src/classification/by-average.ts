/**
 * Metrics of a class's right, predicted and actual rows, for one class or averaged over several as scikit-learn's
 * `average` does. An average over nothing, such as the precision where nothing is predicted, counts as 0
 * (`zero_division=0`).
 */
import { checkColumns, checkLabels } from '../columns/checks.ts';
import { classCounts, type ClassCounts } from './class-counts.ts';
import type { Columns, Metric } from '../metric.ts';
import { mean, sum } from '../columns/sums.ts';

type Average = (
  ratio: (counts: ClassCounts) => number,
) => (truth: Columns, predictions: Columns, weights?: Float64Array) => number;

const averages: Record<'binary' | 'macro' | 'micro' | 'weighted' | 'samples', Average> = {
  /** Of class 1. */
  binary: (ratio) => (truth, predictions, weights) => {
    if (truth.length > 1) throw new Error(`expected one target, got ${truth.length}; choose an average`);
    checkLabels(truth[0]!);
    checkLabels(predictions[0]!, 'predictions');
    return ratio(ofLabels(truth, predictions, weights)[0]!);
  },
  macro: (ratio) => (truth, predictions, weights) => {
    const counts = ofClasses(truth, predictions, weights);
    return mean(counts.length, (c) => ratio(counts[c]!));
  },
  micro: (ratio) => (truth, predictions, weights) => {
    const counts = ofClasses(truth, predictions, weights);
    const all = (key: keyof ClassCounts): number => sum(counts.length, (c) => counts[c]![key]);
    return ratio({ right: all('right'), predicted: all('predicted'), actual: all('actual') });
  },
  /** By how often each class is true; where no label is, all alike. */
  weighted: (ratio) => (truth, predictions, weights) => {
    const counts = ofClasses(truth, predictions, weights);
    const actual = Float64Array.from(counts, (c) => c.actual);
    return mean(counts.length, (c) => ratio(counts[c]!), actual.some((n) => n > 0) ? actual : undefined);
  },
  /** Over rows, each of its own labels. */
  samples: (ratio) => (truth, predictions, weights) => {
    truth.forEach((column) => checkLabels(column));
    predictions.forEach((column) => checkLabels(column, 'predictions'));
    const ofRow = (row: number): number => {
      const counts = { right: 0, predicted: 0, actual: 0 };
      for (let c = 0; c < truth.length; c++) {
        const [t, p] = [truth[c]![row]!, predictions[c]![row]!];
        counts.right += t * p;
        counts.predicted += p;
        counts.actual += t;
      }
      return ratio(counts);
    };
    return mean(truth[0]!.length, ofRow, weights);
  },
};

/** Of each class; for several labels, of each one's 1. */
const ofClasses = (truth: Columns, predictions: Columns, weights?: Float64Array): ClassCounts[] =>
  truth.length === 1
    ? classCounts(truth[0]!, predictions[0]!, weights)
    : ofLabels(truth, predictions, weights);

function ofLabels(truth: Columns, predictions: Columns, weights?: Float64Array): ClassCounts[] {
  return truth.map((t, c) => {
    const p = predictions[c]!;
    checkLabels(t);
    checkLabels(p, 'predictions');
    const total = (term: (row: number) => number): number =>
      sum(t.length, weights ? (row) => weights[row]! * term(row) : term);
    return {
      right: total((row) => t[row]! * p[row]!),
      predicted: total((row) => p[row]!),
      actual: total((row) => t[row]!),
    };
  });
}

/**
 * @param family the name before the average's: `f1` makes `f1`, `f1-macro`, `f1-micro`, `f1-weighted`, `f1-samples`
 * @param parts what is divided by what
 * @param parameter what stands after the average's name
 */
export function byAverage(
  family: string,
  parts: (counts: ClassCounts) => [number, number],
  parameter = '',
): Metric[] {
  const ratio = (counts: ClassCounts): number => {
    const [part, whole] = parts(counts);
    return whole === 0 ? 0 : part / whole;
  };
  return Object.entries(averages).map(([average, make]) => {
    const score = make(ratio);
    return {
      name: `${family}${average === 'binary' ? '' : `-${average}`}${parameter}`,
      direction: 'higher',
      tasks: tasksOf(average),
      takes: 'classes',
      takesWeights: true,
      score(truth, predictions, weights) {
        checkColumns(truth, predictions, weights);
        if (truth.length !== predictions.length)
          throw new Error(
            `expected the classes of ${truth.length} targets, got ${predictions.length} columns; probabilities must be made classes first`,
          );
        return score(truth, predictions, weights);
      },
    };
  });
}

function tasksOf(average: string): Metric['tasks'] {
  if (average === 'binary') return ['binary'];
  return average === 'samples' ? ['multi-label'] : ['binary', 'multi-class', 'multi-label', 'ordinal'];
}
