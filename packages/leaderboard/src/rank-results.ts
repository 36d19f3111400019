/** Ranks runs by their out-of-fold scores, and tells differences from noise. */
import { agreement, type Agreement } from './agreement.ts';
import { correctedTTest } from './corrected-t-test.ts';
import { differingSettings, type Settings } from './differing-settings.ts';
import { groupBySeed } from './group-by-seed.ts';
import type { RunResult } from './run-result.ts';
import { significantlyBetter } from './significantly-better.ts';

export interface RankedGroup {
  /** 1 and the number of groups that are better by more than noise. */
  rank: number;
  /** Whether the best group is not better by more than noise. */
  tied: boolean;
  /** Of the only run, or of what its runs share. */
  name: string;
  kind: RunResult['kind'];
  /** By seed. */
  runs: RunResult[];
  /** The mean of the runs' scores. */
  score: number;
  /** Standard error of the mean over the folds, each the mean of its seeds; null where they are not known. */
  foldsError: number | null;
  /** Standard error of the mean over the seeds; null for a single one. */
  seedsError: number | null;
  /** From the best group, fold by fold: positive is worse. Null for the best, and where folds cannot be paired. */
  behind: { difference: number; error: number; p: number } | null;
  /** Of a run, the mean over seeds. */
  seconds: number | null;
  /** The largest. */
  peakMemoryBytes: number | null;
  parameters: number | null;
  /** The mean of the runs that have one. */
  public: number | null;
  /** What is not the same in all groups. */
  settings: Settings;
}

export interface Board {
  /** From the best score down. */
  groups: RankedGroup[];
  /** The paths of what is not the same in all groups. */
  differing: string[];
  agreement: Agreement | undefined;
}

export interface RankOptions {
  direction: 'lower' | 'higher';
  /** Below which probability a difference is none of noise (default 0.05). */
  alpha?: number;
}

export function rankResults(results: readonly RunResult[], { direction, alpha = 0.05 }: RankOptions): Board {
  const sign = direction === 'lower' ? 1 : -1;
  const groups = groupBySeed(results)
    .map((runs) => ({ runs, score: mean(runs.map(({ score }) => score)), folds: foldMeans(runs) }))
    .sort((a, b) => sign * (a.score - b.score));
  const better = significantlyBetter(
    groups.map(({ runs, folds }) => ({
      costs: folds.map((score) => sign * score),
      foldsHash: runs[0]!.foldsHash,
      heldOutRatio: runs[0]!.heldOutRatio,
    })),
    alpha,
  );
  const trained = groups.filter(({ runs }) => runs[0]!.kind === 'run');
  const settings = differingSettings(trained.map(({ runs }) => runs[0]!.config));
  const settingsOf = new Map(trained.map((group, i) => [group, settings[i]!]));
  const [best] = groups;
  return {
    groups: groups.map((group, g) => {
      const { runs, score, folds } = group;
      const [first] = runs as [RunResult];
      const isPaired = g > 0 && first.foldsHash === best!.runs[0]!.foldsHash;
      const test = isPaired ? correctedTTest(folds, best!.folds, first.heldOutRatio) : undefined;
      return {
        rank: better[g]! + 1,
        tied: g === 0 || (test !== undefined && test.p >= alpha),
        name: runs.length === 1 ? first.name : first.name.replace(/-s\d+(-[0-9a-f]{6,})?$/, ''),
        kind: first.kind,
        runs,
        score,
        foldsError: standardError(folds),
        seedsError: standardError(runs.map((run) => run.score)),
        behind: test ? { difference: sign * test.difference, error: test.error, p: test.p } : null,
        seconds: meanOf(runs, ({ seconds }) => seconds),
        peakMemoryBytes: known(runs, ({ peakMemoryBytes }) => peakMemoryBytes).reduce<number | null>(
          (most, value) => Math.max(most ?? 0, value),
          null,
        ),
        parameters: first.parameters ?? null,
        public: meanOf(runs, (run) => run.public),
        settings: settingsOf.get(group) ?? {},
      };
    }),
    differing: Object.keys(settings[0] ?? {}),
    agreement: agreement(results),
  };
}

/** Each fold's mean over the seeds; empty where a run's folds are not known. */
function foldMeans(runs: readonly RunResult[]): number[] {
  const [first] = runs as [RunResult];
  if (runs.some(({ foldScores }) => foldScores.length !== first.foldScores.length)) return [];
  return first.foldScores.map((_, fold) => mean(runs.map(({ foldScores }) => foldScores[fold]!)));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function standardError(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

const known = (runs: readonly RunResult[], of: (run: RunResult) => number | undefined): number[] =>
  runs.map(of).filter((value) => value !== undefined);

function meanOf(runs: readonly RunResult[], of: (run: RunResult) => number | undefined): number | null {
  const values = known(runs, of);
  return values.length === 0 ? null : mean(values);
}
