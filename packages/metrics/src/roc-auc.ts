/**
 * Area under the ROC curve: the chance that a row labelled 1 is scored above one labelled 0, ties counting half; for
 * several labels their mean. `sklearn.metrics.roc_auc_score`, with `average="macro"`. NaN where a label is always 0 or
 * always 1. Only the order of the scores matters, so they need not be probabilities.
 */
import { checkLabels } from './check-labels.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';
import { ranks } from './ranks.ts';
import { sum } from './sum.ts';

export const rocAuc: Metric = {
  name: 'roc-auc',
  direction: 'higher',
  tasks: ['binary', 'multi-label'],
  takes: 'probabilities',
  score: meanOverColumns((truth, scores) => {
    checkLabels(truth);
    const ones = sum(truth);
    const zeros = truth.length - ones;
    if (ones === 0 || zeros === 0) return NaN;
    // The Mann–Whitney U statistic of the rows labelled 1: exact, for ranks are halves of integers.
    const rankSum = sum(ranks(scores).map((rank, row) => rank * truth[row]!));
    return (rankSum - (ones * (ones + 1)) / 2) / (ones * zeros);
  }),
};
