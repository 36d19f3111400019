/** For metrics that are not defined for weighted rows. */
import type { Metric } from '../metric.ts';

/** @returns the same score, which refuses weights */
export function withoutWeights(name: string, score: Metric['score']): Pick<Metric, 'takesWeights' | 'score'> {
  return {
    takesWeights: false,
    score(truth, predictions, weights) {
      if (weights !== undefined) throw new Error(`the metric "${name}" takes no weights`);
      return score(truth, predictions);
    },
  };
}
