/** The linear combination of members, which many methods fit. */
import type { Columns, MetricTask } from '@foldwise/metrics';
import type { Blender } from './blend-method.ts';
import { validPredictions } from '../problem/valid-predictions.ts';

/**
 * @param weights of any sum: [members]
 * @param intercepts added to each column: [columns]; none by default
 */
export function linearBlend(
  task: MetricTask,
  weights: readonly number[],
  intercepts: readonly number[] = [],
): Blender {
  return {
    weights,
    blend: (members) =>
      validPredictions(
        task,
        members[0]!.map((_, c) => combine(members, c, weights, intercepts[c] ?? 0)),
      ),
  };
}

function combine(
  members: readonly Columns[],
  column: number,
  weights: readonly number[],
  start: number,
): Float64Array {
  const total = new Float64Array(members[0]![column]!.length).fill(start);
  weights.forEach((weight, m) => {
    if (weight === 0) return;
    const values = members[m]![column]!;
    for (let row = 0; row < total.length; row++) total[row]! += weight * values[row]!;
  });
  return total;
}

/** @returns weights that add up to 1 */
export const equalWeights = (members: number): number[] => new Array<number>(members).fill(1 / members);
