/** How often each class is true, predicted, and both: all that precision, recall and their kin take of the rows. */
import { Total } from '../columns/sums.ts';

export interface ClassCounts {
  /** Sums of the rows' weights. */
  right: number;
  predicted: number;
  actual: number;
}

/** More classes than anyone has, so that a number which is no index cannot ask for all memory. */
const MOST = 1 << 20;

/**
 * @param truth indices of classes: [rows]
 * @param predicted the same
 * @returns the counts of each class that is in the truth or the predictions, by its index, ascending
 * @throws Error that names the first row whose value is no index
 */
export function classCounts(
  truth: Float64Array,
  predicted: Float64Array,
  weights?: Float64Array,
): ClassCounts[] {
  const classes = Math.max(classesOf(truth, 'truth'), classesOf(predicted, 'predictions'));
  const seen = new Uint8Array(classes);
  const totals = (): Total[] => Array.from({ length: classes }, () => new Total());
  const [right, named, actual] = [totals(), totals(), totals()];
  for (let row = 0; row < truth.length; row++) {
    const [t, p] = [truth[row]!, predicted[row]!];
    const weight = weights === undefined ? 1 : weights[row]!;
    seen[t] = seen[p] = 1;
    actual[t]!.add(weight);
    named[p]!.add(weight);
    if (t === p) right[t]!.add(weight);
  }
  return Array.from(seen, (_, c) => c)
    .filter((c) => seen[c])
    .map((c) => ({ right: right[c]!.value, predicted: named[c]!.value, actual: actual[c]!.value }));
}

function classesOf(values: Float64Array, what: string): number {
  let classes = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!(value >= 0 && value < MOST && Number.isInteger(value)))
      throw new Error(`row ${row} of the ${what} is ${value}; expected the index of a class`);
    if (value >= classes) classes = value + 1;
  }
  return classes;
}
