/** The arithmetic mean: nothing is fitted, so nothing can be fitted too well. */
import type { BlendMethod } from '../blend-method.ts';
import { equalWeights, linearBlend } from '../linear-blend.ts';

export const mean: BlendMethod = {
  name: 'mean',
  description: 'the arithmetic mean',
  source: 'Clemen 1989',
  isFixed: true,
  fit: ({ task, members }) => linearBlend(task, equalWeights(members.length)),
};
