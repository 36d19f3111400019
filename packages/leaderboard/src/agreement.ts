/** How well cross-validation agrees with the public leaderboard on which runs are better. */
import { findMetric } from '@foldwise/metrics';
import type { RunResult } from './run-result.ts';

/** Of fewer a rank correlation says nothing. */
const LEAST = 3;

export interface Agreement {
  /** Runs and ensembles with a public score. */
  runs: number;
  /** Rank correlations; null where all scores are the same. */
  spearman: number | null;
  kendall: number | null;
}

/** @returns undefined where too few have a public score */
export function agreement(results: readonly RunResult[]): Agreement | undefined {
  const known = results.filter((result) => result.public !== undefined);
  if (known.length < LEAST) return undefined;
  const cv = Float64Array.from(known, ({ score }) => score);
  const board = Float64Array.from(known, (result) => result.public!);
  const correlation = (name: 'spearman' | 'kendall'): number | null => {
    const value = findMetric(name).score([cv], [board]);
    return Number.isNaN(value) ? null : value;
  };
  return { runs: known.length, spearman: correlation('spearman'), kendall: correlation('kendall') };
}
