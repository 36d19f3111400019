/**
 * Hill climbing with weights below 0 too: from the best member on, the blend moves to or away from the member that helps
 * most, by the step that helps most. What two members share in their mistakes can be taken out.
 */
import type { BlendMethod } from '../blend-method.ts';
import { evaluatorOf } from '../../evaluators/evaluator-of.ts';
import { linearBlend } from '../linear-blend.ts';

/** How far the blend moves towards a member, or away from it. */
const moves = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01].flatMap((move) => [move, -move]);
const STEPS = 100;
/** What a step must gain, as a share of the loss. */
const GAIN = 1e-6;

export const hillNegative: BlendMethod = {
  name: 'hill-negative',
  description: 'hill climbing, to members and away from them',
  source: 'as the package hillclimbers does it',
  fit(problem) {
    const evaluator = evaluatorOf(problem);
    evaluator.reset();
    const weights = problem.members.map(() => 0);
    const alone = weights.map((_, member) => evaluator.loss(member, 0, 1));
    let loss = alone.reduce((a, b) => Math.min(a, b));
    const first = alone.indexOf(loss);
    evaluator.move(first, 0, 1);
    weights[first] = 1;
    for (let step = 0; step < STEPS; step++) {
      let best: { member: number; move: number; loss: number } | undefined;
      for (let member = 0; member < weights.length; member++)
        for (const move of moves) {
          const tried = evaluator.loss(member, 1 - move, move);
          if (tried < (best?.loss ?? loss - GAIN * Math.abs(loss))) best = { member, move, loss: tried };
        }
      if (!best) break;
      evaluator.move(best.member, 1 - best.move, best.move);
      for (let member = 0; member < weights.length; member++) weights[member]! *= 1 - best.move;
      weights[best.member]! += best.move;
      ({ loss } = best);
    }
    return linearBlend(problem.task, weights);
  },
};
