/** Means of a function of the predictions, with the function undone: quasi-arithmetic means (Kolmogorov 1930). */
import type { MetricTask } from '@foldwise/metrics';
import type { BlendMethod, Blender } from '../blend-method.ts';
import { lossOf } from '../../problem/loss-of.ts';
import { equalWeights } from '../linear-blend.ts';
import { positiveScale, type Scale, unitScale } from '../../problem/scale.ts';
import { validPredictions } from '../../problem/valid-predictions.ts';

/** @param f on the scale's numbers, and its inverse */
function scaledMean(
  { task, members }: { task: MetricTask; members: number },
  scale: Scale,
  f: Scale,
): Blender {
  return {
    weights: equalWeights(members),
    blend: (others) =>
      validPredictions(
        task,
        others[0]!.map((first, c) =>
          first.map((_, row) => {
            const sum = others.reduce((sum, columns) => sum + f.to(scale.to(columns[c]![row]!)), 0);
            return scale.from(f.from(sum / others.length));
          }),
        ),
      ),
  };
}

/** The geometric mean: one member that says "almost 0" is heard. Classes' probabilities add up to 1 again afterwards. */
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

/** The mean of the log-odds, which lets sure members count more than unsure ones. */
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

/** The arithmetic mean comes first, so that it is taken where nothing is better. */
const exponents = [1, 0.5, 0, -0.5, -1, -2, -4, 2, 3, 4, 8];

/** The power mean, with the exponent of a few that the metric likes best: -1 is harmonic, 0 geometric, 1 arithmetic. */
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
