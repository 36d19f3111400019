/** Evaluates blends of one column by a loss of the blended numbers. */
import type { BlendEvaluator } from './blend-evaluator.ts';

/** @param loss of [rows], in an array that it may change */
export function columnEvaluator(
  members: readonly Float64Array[],
  loss: (values: Float64Array) => number,
): BlendEvaluator {
  const blend = new Float64Array(members[0]!.length);
  const candidate = blend.slice();
  return {
    members: members.length,
    reset: () => void blend.fill(0),
    loss(member, keep, add) {
      mix(candidate, blend, members[member]!, keep, add);
      return loss(candidate);
    },
    move: (member, keep, add) => mix(blend, blend, members[member]!, keep, add),
  };
}

function mix(to: Float64Array, from: Float64Array, more: Float64Array, keep: number, add: number): void {
  for (let row = 0; row < to.length; row++) to[row] = keep * from[row]! + add * more[row]!;
}
