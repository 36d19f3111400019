/**
 * Every metric without a parameter by its name: a new one is a file, a test and a line here. The names are those of
 * scikit-learn's scorers, with hyphens.
 */
import { accuracy } from './accuracy.ts';
import { byAverage } from './by-average.ts';
import { fBeta } from './f-beta.ts';
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

const all: Metric[] = [
  rmse,
  mcrmse,
  mse,
  mae,
  r2,
  pearson,
  spearman,
  accuracy,
  ...byAverage('precision', ({ right, predicted }) => [right, predicted]),
  ...byAverage('recall', ({ right, actual }) => [right, actual]),
  ...fBeta(1, 'f1', ''),
  ...byAverage('jaccard', ({ right, predicted, actual }) => [right, predicted + actual - right]),
  qwk,
  logLoss,
  rocAuc,
];

export const metrics: ReadonlyMap<string, Metric> = new Map(all.map((metric) => [metric.name, metric]));
