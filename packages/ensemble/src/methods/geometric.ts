/** The geometric mean: one member that says "almost 0" is heard. Classes' probabilities add up to 1 again afterwards. */
import type { BlendMethod } from '../blend-method.ts';
import { positiveScale } from '../scale.ts';
import { scaledMean } from '../scaled-mean.ts';

export const geometric: BlendMethod = {
  name: 'geometric',
  description: 'the geometric mean',
  source: 'Heskes 1998, as logarithmic opinion pool',
  fit: (problem) =>
    scaledMean({ task: problem.task, members: problem.members.length }, positiveScale(problem), {
      to: Math.log,
      from: Math.exp,
    }),
};
