/** Every metric by its name: a new one is a file, a test and a line here. */
import { accuracy } from './accuracy.ts';
import { logLoss } from './log-loss.ts';
import { mae } from './mae.ts';
import { mcrmse } from './mcrmse.ts';
import type { Metric } from './metric.ts';
import { mse } from './mse.ts';
import { pearson } from './pearson.ts';
import { qwk } from './qwk.ts';
import { r2 } from './r2.ts';
import { rmse } from './rmse.ts';
import { rocAuc } from './roc-auc.ts';
import { spearman } from './spearman.ts';

export const metrics = {
  rmse,
  mcrmse,
  mse,
  mae,
  r2,
  pearson,
  spearman,
  accuracy,
  qwk,
  'log-loss': logLoss,
  'roc-auc': rocAuc,
} satisfies Record<string, Metric>;
