/**
 * Area under the ROC curve: the chance that a row labelled 1 is scored above one labelled 0, ties counting half; for
 * several labels their mean. `sklearn.metrics.roc_auc_score`, with `average="macro"`. NaN where a label is always 0 or
 * always 1. Only the order of the scores matters, so they need not be probabilities.
 */
import { checkLabels } from './check-labels.ts';
import { meanOverColumns } from './mean-over-columns.ts';
import type { Metric } from './metric.ts';

export const rocAuc: Metric = {
  name: 'roc-auc',
  direction: 'higher',
  tasks: ['binary', 'multi-label'],
  takes: 'ranks',
  takesWeights: true,
  score: meanOverColumns((truth, scores, weights) => {
    checkLabels(truth);
    const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
    let [ones, zeros, pairs] = [0, 0, 0];
    for (let start = 0, end = 0; start < order.length; start = end) {
      let [tiedOnes, tiedZeros] = [0, 0];
      for (; end < order.length && scores[order[end]!] === scores[order[start]!]; end++) {
        const row = order[end]!;
        if (truth[row] === 1) tiedOnes += weights?.[row] ?? 1;
        else tiedZeros += weights?.[row] ?? 1;
      }
      pairs += tiedOnes * (zeros + tiedZeros / 2);
      ones += tiedOnes;
      zeros += tiedZeros;
    }
    return pairs / (ones * zeros);
  }),
};
