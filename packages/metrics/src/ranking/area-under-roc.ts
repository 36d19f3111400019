/** The area under the ROC curve of one label. */
import { rankedLabels } from './ranked-labels.ts';
import { Total } from '../columns/sums.ts';

/**
 * @param truth 0 and 1: [rows]
 * @param scores [rows]
 * @returns the chance that a row labelled 1 is scored above one labelled 0, ties counting half; NaN where all rows are
 * labelled alike
 */
export function areaUnderRoc(truth: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  const [ones, zeros, pairs] = [new Total(), new Total(), new Total()];
  rankedLabels(truth, scores, weights, (newOnes, newZeros) => {
    pairs.add(newOnes * (zeros.value + newZeros / 2));
    ones.add(newOnes);
    zeros.add(newZeros);
  });
  return pairs.value / (ones.value * zeros.value);
}
