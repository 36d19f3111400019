/** Pearson's and Spearman's correlation, in loops of their own because ranks of many rows need it. */
import { isConstant } from '../columns/is-constant.ts';
import { meanOverColumns } from '../columns/mean-over-columns.ts';
import type { Metric } from '../metric.ts';
import { ranks } from '../sorting/ranks.ts';
import { Total } from '../columns/sums.ts';
import { withoutWeights } from '../columns/without-weights.ts';

/** @returns Pearson's correlation coefficient; NaN where a column is constant */
export function correlation(x: Float64Array, y: Float64Array): number {
  if (isConstant(x) || isConstant(y)) return NaN;
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  const [scaleX, scaleY] = [scaleOf(x, meanX), scaleOf(y, meanY)];
  const [xx, yy, xy] = [new Total(), new Total(), new Total()];
  for (let row = 0; row < x.length; row++) {
    const a = (x[row]! - meanX) * scaleX;
    const b = (y[row]! - meanY) * scaleY;
    xx.add(a * a);
    yy.add(b * b);
    xy.add(a * b);
  }
  // Rounding may leave it just beyond one.
  return Math.min(1, Math.max(-1, xy.value / Math.sqrt(xx.value * yy.value)));
}

function meanOf(values: Float64Array): number {
  const total = new Total();
  for (let row = 0; row < values.length; row++) total.add(values[row]!);
  return total.value / values.length;
}

/** A power of two, which rounds nothing, that brings the largest difference from the mean near 1: squares of tiny ones vanish. */
function scaleOf(values: Float64Array, mean: number): number {
  let largest = 0;
  for (let row = 0; row < values.length; row++) {
    const size = Math.abs(values[row]! - mean);
    if (size > largest) largest = size;
  }
  return 2 ** Math.min(1000, -Math.floor(Math.log2(largest)));
}

/**
 * Pearson's correlation, averaged over the targets; `scipy.stats.pearsonr`. NaN where the truth or the predictions of a
 * target are constant.
 */
export const pearson: Metric = {
  name: 'pearson',
  direction: 'higher',
  tasks: ['regression'],
  takes: 'numbers',
  ...withoutWeights('pearson', meanOverColumns(correlation)),
};

/**
 * Spearman's rank correlation with mean ranks for ties, averaged over the targets; `scipy.stats.spearmanr`. NaN where
 * the truth or the predictions of a target are constant.
 */
export const spearman: Metric = {
  name: 'spearman',
  direction: 'higher',
  tasks: ['regression'],
  takes: 'ranks',
  ...withoutWeights(
    'spearman',
    meanOverColumns((truth, predicted) => correlation(ranks(truth), ranks(predicted))),
  ),
};

/** Mean column-wise Spearman, the name by which competitions with several targets ask for `spearman`. */
export const mcspearman: Metric = {
  ...spearman,
  name: 'mcspearman',
  ...withoutWeights('mcspearman', spearman.score),
};
