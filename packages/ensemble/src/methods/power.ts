/** The power mean, with the exponent of a few that the metric likes best: -1 is harmonic, 0 geometric, 1 arithmetic. */
import type { BlendMethod } from '../blend-method.ts';
import { lossOf } from '../loss-of.ts';
import { positiveScale, type Scale } from '../scale.ts';
import { scaledMean } from '../scaled-mean.ts';

/** The arithmetic mean comes first, so that it is taken where nothing is better. */
const exponents = [1, 0.5, 0, -0.5, -1, -2, -4, 2, 3, 4, 8];

export const power: BlendMethod = {
  name: 'power',
  description: 'the power mean, its exponent fitted',
  source: 'Hardy, Littlewood & Pólya 1934',
  fit(problem) {
    const loss = lossOf(problem);
    const scale = positiveScale(problem);
    const tried = exponents.map((exponent) => {
      const blender = scaledMean(
        { task: problem.task, members: problem.members.length },
        scale,
        toPower(exponent),
      );
      return { exponent, blender, loss: loss(blender.blend(problem.members)) };
    });
    const { exponent, blender } = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
    return { ...blender, settings: { exponent } };
  },
};

const toPower = (exponent: number): Scale =>
  exponent === 0
    ? { to: Math.log, from: Math.exp }
    : { to: (value) => value ** exponent, from: (value) => value ** (1 / exponent) };
