/** No blend: the member that is best, to see what blending is worth. */
import type { BlendMethod } from '../blend-method.ts';
import { linearBlend } from '../linear-blend.ts';
import { lossOf } from '../../problem/loss-of.ts';

export const best: BlendMethod = {
  name: 'best',
  description: 'the best member alone',
  source: 'Wolpert 1992, as selection by cross-validation',
  fit(problem) {
    const losses = problem.members.map(lossOf(problem));
    const least = losses.indexOf(losses.reduce((a, b) => Math.min(a, b)));
    return linearBlend(
      problem.task,
      losses.map((_, member) => Number(member === least)),
    );
  },
};
