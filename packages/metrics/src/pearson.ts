/**
 * Pearson's correlation, averaged over the targets; `scipy.stats.pearsonr`. NaN where the truth or the predictions of a
 * target are constant.
 */
import { correlation } from './correlation.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';
import { withoutWeights } from './without-weights.ts';

export const pearson: Metric = {
  name: 'pearson',
  direction: 'higher',
  tasks: ['regression'],
  takes: 'numbers',
  ...withoutWeights('pearson', meanOverColumns(correlation)),
};
