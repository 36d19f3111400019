/**
 * Every metric without a parameter by its name: a new one is a file, a test and a line here. The names are those of
 * scikit-learn's scorers, with hyphens.
 */
import { accuracy } from './accuracy.ts';
import { averagePrecision } from './average-precision.ts';
import { balancedAccuracy } from './balanced-accuracy.ts';
import { brier } from './brier.ts';
import { byAverage } from './by-average.ts';
import { fBeta } from './f-beta.ts';
import { hinge } from './hinge.ts';
import { kendall } from './kendall.ts';
import { logLoss } from './log-loss.ts';
import { mae } from './mae.ts';
import { mcc } from './mcc.ts';
import { mcrmse } from './mcrmse.ts';
import { mcspearman } from './mcspearman.ts';
import type { Metric } from './metric.ts';
import { mrr } from './mrr.ts';
import { mse } from './mse.ts';
import { ndcg } from './ndcg.ts';
import { pearson } from './pearson.ts';
import { qwk } from './qwk.ts';
import { r2 } from './r2.ts';
import { rmse } from './rmse.ts';
import { rmsle } from './rmsle.ts';
import { rocAuc } from './roc-auc.ts';
import { spearman } from './spearman.ts';

const all: Metric[] = [
  rmse,
  mcrmse,
  mse,
  mae,
  rmsle,
  r2,
  pearson,
  spearman,
  mcspearman,
  kendall,
  accuracy,
  balancedAccuracy,
  ...byAverage('precision', ({ right, predicted }) => [right, predicted]),
  ...byAverage('recall', ({ right, actual }) => [right, actual]),
  ...fBeta(1, 'f1', ''),
  ...byAverage('jaccard', ({ right, predicted, actual }) => [right, predicted + actual - right]),
  mcc,
  qwk,
  logLoss,
  brier,
  hinge,
  ...rocAuc,
  ...averagePrecision,
  mrr(),
  ndcg(),
];

export const metrics: ReadonlyMap<string, Metric> = new Map(all.map((metric) => [metric.name, metric]));
