/**
 * Kendall's tau-b (Kendall 1945), averaged over the targets: the pairs of rows in the same order less those in opposite
 * order, by the geometric mean of the pairs that differ in the truth and of those that do in the predictions;
 * `scipy.stats.kendalltau`. By sorting and counting inversions (Knight 1966). NaN where the truth or the predictions of
 * a target are constant.
 */
import { inversions } from '../sorting/inversions.ts';
import { meanOverColumns } from '../columns/mean-over-columns.ts';
import type { Metric } from '../metric.ts';
import { rowNumbers, sortWith } from '../sorting/sort-with.ts';
import { withoutWeights } from '../columns/without-weights.ts';

export const kendall: Metric = {
  name: 'kendall',
  direction: 'higher',
  tasks: ['regression'],
  takes: 'ranks',
  ...withoutWeights('kendall', meanOverColumns(tau)),
};

function tau(truth: Float64Array, predicted: Float64Array): number {
  const rows = truth.length;
  const first = sortWith(predicted, rowNumbers(rows));
  const levels = denseRanks(first.values);
  const tiedInPredictions = tiedPairs(rows, (i) => first.values[i] === first.values[i - 1]);
  // By the truth, and of equal truths by the predictions, so that no pair of equal truths is an inversion.
  const inOrder = new Float64Array(rows);
  for (let i = 0; i < rows; i++) inOrder[i] = truth[first.payload[i]!]!;
  const second = sortWith(inOrder, levels);
  const tiedInTruth = tiedPairs(rows, (i) => second.values[i] === second.values[i - 1]);
  const tiedInBoth = tiedPairs(
    rows,
    (i) => second.values[i] === second.values[i - 1] && second.payload[i] === second.payload[i - 1],
  );
  const pairs = (rows * (rows - 1)) / 2;
  if (tiedInTruth === pairs || tiedInPredictions === pairs) return NaN;
  const discordant = inversions(new Int32Array(second.payload.buffer));
  const surplus = pairs - tiedInTruth - tiedInPredictions + tiedInBoth - 2 * discordant;
  const result = surplus / Math.sqrt(pairs - tiedInTruth) / Math.sqrt(pairs - tiedInPredictions);
  return Math.min(1, Math.max(-1, result));
}

/** @returns 0 for the least value, 1 for the next one, and so on; equal ones have the same */
function denseRanks(sorted: Float64Array): Uint32Array {
  const result = new Uint32Array(sorted.length);
  for (let i = 1; i < sorted.length; i++) result[i] = result[i - 1]! + Number(sorted[i] !== sorted[i - 1]);
  return result;
}

/** @param asBefore whether a sorted row equals the one before it */
function tiedPairs(rows: number, asBefore: (row: number) => boolean): number {
  let pairs = 0;
  let tied = 0;
  for (let row = 1; row < rows; row++) {
    tied = asBefore(row) ? tied + 1 : 0;
    pairs += tied;
  }
  return pairs;
}
