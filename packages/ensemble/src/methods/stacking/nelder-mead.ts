/** Weights of 0 or more that add up to 1, moved by the simplex method of Nelder and Mead to where the metric is best. */
import type { BlendMethod } from '../blend-method.ts';
import { equalWeights, linearBlend } from '../linear-blend.ts';
import { lossOf } from '../../problem/loss-of.ts';
import { nelderMead as minimize } from '../../numeric/nelder-mead.ts';

/** So that a hundred members take minutes, not hours. */
const MOST = 2000;

export const nelderMead: BlendMethod = {
  name: 'nelder-mead',
  description: 'weights of 0 or more that add up to 1, moved to where the metric is best',
  source: 'Nelder & Mead 1965; Gao & Han 2012',
  fit(problem) {
    const { task, members } = problem;
    const loss = lossOf(problem);
    const start = equalWeights(members.length);
    const { x } = minimize((x) => loss(linearBlend(task, shares(x)).blend(members)), start, {
      // Half of the way to each member: metrics of order and of classes do not feel small steps.
      corners: start.map((_, corner) => start.map((share, m) => (share + Number(m === corner)) / 2)),
      adaptive: members.length > 3,
      maxIterations: Math.min(MOST, 200 * members.length),
      xTolerance: 1e-4,
      valueTolerance: 1e-7,
    });
    return linearBlend(task, shares(x));
  },
};

/** The loss does not change with the sum, so any point stands for weights. */
function shares(x: Float64Array): number[] {
  const total = x.reduce((sum, value) => sum + Math.abs(value), 0);
  return total > 0 ? Array.from(x, (value) => Math.abs(value) / total) : equalWeights(x.length);
}
