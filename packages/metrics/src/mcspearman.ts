/** Mean column-wise Spearman, the name by which competitions with several targets ask for `spearman`. */
import type { Metric } from './metric.ts';
import { spearman } from './spearman.ts';
import { withoutWeights } from './without-weights.ts';

export const mcspearman: Metric = {
  ...spearman,
  name: 'mcspearman',
  ...withoutWeights('mcspearman', spearman.score),
};
