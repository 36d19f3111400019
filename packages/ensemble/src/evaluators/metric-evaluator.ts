/** Evaluates blends by any metric, on all rows each time. */
import type { BlendEvaluator } from './blend-evaluator.ts';
import { lossOf } from '../problem/loss-of.ts';
import type { Problem } from '../problem/problem.ts';
import { validPredictions } from '../problem/valid-predictions.ts';

export function metricEvaluator(problem: Problem): BlendEvaluator {
  const { task, members } = problem;
  const loss = lossOf(problem);
  const blend = members[0]!.map((column) => new Float64Array(column.length));
  const candidate = blend.map((column) => column.slice());
  const mix = (member: number, keep: number, add: number): void =>
    candidate.forEach((column, c) => {
      const [sofar, more] = [blend[c]!, members[member]![c]!];
      for (let row = 0; row < column.length; row++) column[row] = keep * sofar[row]! + add * more[row]!;
    });
  return {
    members: members.length,
    reset: () => blend.forEach((column) => column.fill(0)),
    loss(member, keep, add) {
      mix(member, keep, add);
      return loss(validPredictions(task, candidate));
    },
    move(member, keep, add) {
      mix(member, keep, add);
      blend.forEach((column, c) => column.set(candidate[c]!));
    },
  };
}
