/** Decision values of probabilities, for metrics such as the hinge loss, which take numbers of either sign. */
import type { Columns } from './metric.ts';

/**
 * @param probabilities of 1, [labels][rows], or of each class, [classes][rows]
 * @returns log(p / (1 - p)), with p kept at least 2⁻⁵² away from 0 and 1: the same shape
 */
export function toLogOdds(probabilities: Columns): Float64Array[] {
  return probabilities.map((column) =>
    column.map((probability) => {
      const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
      return Math.log(p / (1 - p));
    }),
  );
}
