/** The mean of a function of the predictions, with the function undone: a quasi-arithmetic mean (Kolmogorov 1930). */
import type { MetricTask } from '@foldwise/metrics';
import type { Blender } from './blend-method.ts';
import { equalWeights } from './equal-weights.ts';
import type { Scale } from './scale.ts';
import { validPredictions } from './valid-predictions.ts';

/** @param f on the scale's numbers, and its inverse */
export function scaledMean(
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
