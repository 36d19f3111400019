/** Evaluates blends by the area under the ROC curve, which needs their order alone. */
import type { BlendEvaluator } from './blend-evaluator.ts';
import { columnEvaluator } from './column-evaluator.ts';
import type { Problem } from '../problem/problem.ts';
import { sortedOrder } from '../numeric/sorted-order.ts';

/** @returns undefined where the metric is another, or there are several labels */
export function aucEvaluator({ metric, truth, members }: Problem): BlendEvaluator | undefined {
  const labels = truth[0]!;
  const ones = labels.reduce((sum, label) => sum + label, 0);
  const zeros = labels.length - ones;
  if (metric.name !== 'roc-auc' || truth.length > 1 || ones === 0 || zeros === 0) return undefined;
  const orderOf = sortedOrder(labels.length);
  return columnEvaluator(
    members.map(([column]) => column!),
    (values) => {
      // What the blend becomes: equal where it is beyond 0 or 1.
      for (let row = 0; row < values.length; row++) values[row] = Math.min(1, Math.max(0, values[row]!));
      const order = orderOf(values);
      // Pairs of a 1 above a 0, ties counting half (Mann & Whitney 1947).
      let [pairs, below] = [0, 0];
      for (let start = 0, end = 0; start < order.length; start = end) {
        const value = values[order[start]!]!;
        let positive = 0;
        for (; end < order.length && values[order[end]!]! === value; end++) positive += labels[order[end]!]!;
        const negative = end - start - positive;
        pairs += positive * (below + negative / 2);
        below += negative;
      }
      return -pairs / (ones * zeros);
    },
  );
}
