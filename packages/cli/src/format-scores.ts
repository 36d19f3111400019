/** Writes the scores that stand beside the main one on a line. */
import { formatScore } from './format-score.ts';

/**
 * Leaves out a metric that is the same as the main one, as MCRMSE is RMSE for one target.
 *
 * @returns such as `mae 0.61, r2 0.4`; empty where there are no others
 */
export function formatScores(scores: Record<string, number | null>, main: string): string {
  return Object.entries(scores)
    .filter(([name, score]) => name !== main && score !== scores[main])
    .map(([name, score]) => `${name} ${formatScore(score)}`)
    .join(', ');
}
