/**
 * Spearman's rank correlation with mean ranks for ties, averaged over the targets; `scipy.stats.spearmanr`. NaN where
 * the truth or the predictions of a target are constant.
 */
import { correlation } from './correlation.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';
import { ranks } from './ranks.ts';
import { withoutWeights } from './without-weights.ts';

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
