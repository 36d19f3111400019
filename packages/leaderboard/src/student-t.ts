/** Student's t distribution: how probable a statistic is without any difference, and the least that is rare enough. */
import { incompleteBeta } from './incomplete-beta.ts';

export const studentT = {
  /** P(|T| >= |t|). @param degrees of freedom, above 0 */
  twoSided: (t: number, degrees: number): number =>
    Number.isFinite(t) ? incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) : 0,

  /** The t whose two-sided probability is `alpha`. */
  critical(alpha: number, degrees: number): number {
    let [low, high] = [0, 1];
    while (studentT.twoSided(high, degrees) > alpha) high *= 2;
    for (let i = 0; i < 100; i++) {
      const middle = (low + high) / 2;
      if (studentT.twoSided(middle, degrees) > alpha) low = middle;
      else high = middle;
    }
    return high;
  },
};
