/**
 * Evaluates blends by their cross-entropy. Of a mean of probabilities it needs those of what is true alone, one number a
 * row whatever the number of classes. Steps away from a member can leave the range of probabilities: those take the
 * metric itself.
 */
import type { BlendEvaluator } from './blend-evaluator.ts';
import { columnEvaluator } from './column-evaluator.ts';
import { metricEvaluator } from './metric-evaluator.ts';
import type { Problem } from '../problem/problem.ts';

/** So many probabilities of 2⁻⁵² and more can be multiplied before they are too small for a double. */
const TOGETHER = 16;

/** @returns undefined where the metric is another, or there are several labels */
export function logLossEvaluator(problem: Problem): BlendEvaluator | undefined {
  const { metric, truth, members } = problem;
  if (metric.name !== 'log-loss' || truth.length > 1) return undefined;
  const ofTruth = members.map((columns) =>
    truth[0]!.map((label, row) =>
      columns.length > 1 ? columns[label]![row]! : label === 1 ? columns[0]![row]! : 1 - columns[0]![row]!,
    ),
  );
  const fast = columnEvaluator(ofTruth, crossEntropy);
  const slow = metricEvaluator(problem);
  let isMean = true;
  return {
    members: members.length,
    reset() {
      isMean = true;
      fast.reset();
      slow.reset();
    },
    loss: (member, keep, add) => (isMean && keep >= 0 && add >= 0 ? fast : slow).loss(member, keep, add),
    move(member, keep, add) {
      isMean &&= keep >= 0 && add >= 0;
      fast.move(member, keep, add);
      slow.move(member, keep, add);
    },
  };
}

/** Probabilities are kept 2⁻⁵² away from 0 and 1, as the metric does. */
function crossEntropy(probabilities: Float64Array): number {
  let [total, product] = [0, 1];
  for (let row = 0; row < probabilities.length; row++) {
    product *= Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probabilities[row]!));
    if (row % TOGETHER === TOGETHER - 1) {
      total += Math.log(product);
      product = 1;
    }
  }
  return -(total + Math.log(product)) / probabilities.length;
}
