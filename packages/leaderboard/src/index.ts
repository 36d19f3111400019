/** The public names of @foldwise/leaderboard. */
export { rankResults, type Board, type RankedGroup } from './rank-results.ts';
export type { RunResult } from './run-result.ts';
