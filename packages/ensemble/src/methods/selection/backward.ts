/** Backward elimination: from the mean of all members, the one whose absence helps most leaves, until none does. */
import type { BlendMethod } from '../blend-method.ts';
import { evaluatorOf } from '../../evaluators/evaluator-of.ts';
import { linearBlend } from '../linear-blend.ts';

export const backward: BlendMethod = {
  name: 'backward',
  description: 'the mean of all, less those whose absence helps, one after the other',
  source: 'Marill & Green 1963',
  fit(problem) {
    const evaluator = evaluatorOf(problem);
    evaluator.reset();
    let left = problem.members.map((_, member) => member);
    let loss = Infinity;
    left.forEach((member, i) => {
      loss = evaluator.loss(member, i / (i + 1), 1 / (i + 1));
      evaluator.move(member, i / (i + 1), 1 / (i + 1));
    });
    while (left.length > 1) {
      const keep = left.length / (left.length - 1);
      const losses = left.map((member) => evaluator.loss(member, keep, 1 - keep));
      const least = losses.reduce((a, b) => Math.min(a, b));
      if (!(least < loss)) break;
      const leaves = left[losses.indexOf(least)]!;
      evaluator.move(leaves, keep, 1 - keep);
      left = left.filter((member) => member !== leaves);
      loss = least;
    }
    return linearBlend(
      problem.task,
      problem.members.map((_, member) => (left.includes(member) ? 1 / left.length : 0)),
    );
  },
};
