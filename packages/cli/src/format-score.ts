/** Writes a score with four significant decimals; one that is not defined as a dash. */
export const formatScore = (score: number | null | undefined): string =>
  score === null || score === undefined ? '–' : score.toFixed(Math.abs(score) >= 100 ? 2 : 4);
