/** The area under the ROC curve of one label. */
import { rankedLabels } from './ranked-labels.ts';

/**
 * @param truth 0 and 1: [rows]
 * @param scores [rows]
 * @returns the chance that a row labelled 1 is scored above one labelled 0, ties counting half; NaN where all rows are
 * labelled alike
 */
export function areaUnderRoc(truth: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  let [ones, zeros, pairs] = [0, 0, 0];
  rankedLabels(truth, scores, weights, (newOnes, newZeros) => {
    pairs += newOnes * (zeros + newZeros / 2);
    ones += newOnes;
    zeros += newZeros;
  });
  return pairs / (ones * zeros);
}
