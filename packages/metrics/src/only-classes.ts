/** For metrics of one target's classes. */
import type { Columns } from './metric.ts';

/**
 * @returns the truth and the predicted classes: [rows] each
 * @throws Error for several targets, and for probabilities
 */
export function onlyClasses(truth: Columns, predictions: Columns): [Float64Array, Float64Array] {
  if (truth.length !== 1 || predictions.length !== 1)
    throw new Error(
      `expected the classes of one target, got ${predictions.length} columns for the truth of ${truth.length} targets; probabilities must be made classes first`,
    );
  return [truth[0]!, predictions[0]!];
}
