/**
 * Every metric without a parameter by its name: a new one is a file, a test and a line here. The names are those of
 * scikit-learn's scorers, with hyphens.
 */
import { accuracy, balancedAccuracy } from '../classification/accuracy.ts';
import { averagePrecision } from '../ranking/average-precision.ts';
import { brier } from '../classification/brier.ts';
import { byAverage } from '../classification/by-average.ts';
import { mcspearman, pearson, spearman } from '../regression/correlations.ts';
import { mae, mcrmse, mse, rmse, rmsle } from '../regression/errors.ts';
import { fBeta } from '../classification/f-beta.ts';
import { hinge } from '../classification/hinge.ts';
import { kendall } from '../regression/kendall.ts';
import { logLoss } from '../classification/log-loss.ts';
import { mcc } from '../classification/mcc.ts';
import type { Metric } from '../metric.ts';
import { mrr } from '../ranking/mrr.ts';
import { ndcg } from '../ranking/ndcg.ts';
import { qwk } from '../classification/qwk.ts';
import { r2 } from '../regression/r2.ts';
import { rocAuc } from '../ranking/roc-auc.ts';

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
