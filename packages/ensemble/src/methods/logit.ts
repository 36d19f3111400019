/** The mean of the log-odds, which lets sure members count more than unsure ones. */
import type { BlendMethod } from '../blend-method.ts';
import { unitScale } from '../scale.ts';
import { scaledMean } from '../scaled-mean.ts';

export const logit: BlendMethod = {
  name: 'logit',
  description: 'the mean of the log-odds',
  source: 'Satopää et al. 2014',
  fit: (problem) =>
    scaledMean({ task: problem.task, members: problem.members.length }, unitScale(problem), {
      to: (p) => Math.log(p / (1 - p)),
      from: (z) => 1 / (1 + Math.exp(-z)),
    }),
};
