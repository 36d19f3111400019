/** Reads what the leaderboard needs of a pipeline's runs and ensembles: records alone, thousands in a second. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '@foldwise/leaderboard';
import type { EnsembleMetrics, EnsembleRecord } from '../ensembles/ensemble-record.ts';
import type { FoldMetrics, RunMetrics, RunRecord, Submitted } from '@foldwise/runs';

export interface ReadResults {
  results: RunResult[];
  /** Runs that cannot be ranked, and what they lack. */
  incomplete: { name: string; missing: string }[];
}

/**
 * @param folder the pipeline's, of runs
 * @param metric by which runs are ranked; one that was finished for another metric has this one's score, too
 */
export function readResults(folder: string, metric: string): ReadResults {
  const results: RunResult[] = [];
  const incomplete: ReadResults['incomplete'] = [];
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const path = join(folder, name);
    const record = read(join(path, 'run.json')) as RunRecord | EnsembleRecord | undefined;
    if (record?.kind !== 'training' && record?.kind !== 'ensemble') continue;
    const metrics = read(join(path, 'metrics.json')) as RunMetrics | EnsembleMetrics | undefined;
    const score = metrics?.scores[metric] ?? undefined;
    if (metrics && score !== undefined)
      results.push(resultOf(path, name, record, metrics, { metric, score }));
    else
      incomplete.push({
        name,
        missing: metrics ? `has no ${metric}` : missingFolds(path, record),
      });
  }
  return { results, incomplete };
}

function resultOf(
  path: string,
  name: string,
  record: RunRecord | EnsembleRecord,
  metrics: RunMetrics | EnsembleMetrics,
  { metric, score }: { metric: string; score: number },
): RunResult {
  const scores = metrics.folds?.[metric]?.scores ?? [];
  const foldScores = scores.every((one) => one !== null) ? scores : [];
  const common = { name, score, foldsHash: record.foldsHash, foldScores, ...submittedScores(path) };
  if (record.kind === 'ensemble')
    return { ...common, kind: 'ensemble', config: {}, heldOutRatio: ratioOf(foldScores.length) };
  const { config } = record;
  return {
    ...common,
    kind: 'run',
    config,
    seed: config.training.seed,
    heldOutRatio: ratioOf(config.folds.k ?? foldScores.length),
    ...costs(path, metrics as RunMetrics),
  };
}

/** Held-out rows of a fold for each row that it trains on. */
const ratioOf = (folds: number): number => (folds > 1 ? 1 / (folds - 1) : 1);

/** Runs of before parameters and memory were kept have them in their folds. */
function costs(
  path: string,
  { seconds, parameters, peakMemoryBytes }: RunMetrics,
): Pick<RunResult, 'seconds' | 'parameters' | 'peakMemoryBytes'> {
  if (parameters !== undefined) return { seconds, parameters, peakMemoryBytes };
  const fold = read(join(path, 'fold-0', 'metrics.json')) as FoldMetrics | undefined;
  return { seconds, parameters: fold?.parameters, peakMemoryBytes: fold?.peakMemoryBytes };
}

/** Of the file as it is now; what an earlier one scored says nothing of it. */
function submittedScores(path: string): Pick<RunResult, 'public' | 'private'> {
  const submitted = read(join(path, 'submitted.json')) as { submissions: Submitted[] } | undefined;
  if (!submitted) return {};
  const manifest = read(join(path, 'submission.json')) as { sha256: string } | undefined;
  const sha256 = manifest?.sha256;
  const own = submitted.submissions.filter((one) => sha256 === undefined || one.sha256 === sha256);
  return {
    public: own.findLast((one) => one.public !== undefined)?.public,
    private: own.findLast((one) => one.private !== undefined)?.private,
  };
}

function missingFolds(path: string, record: RunRecord | EnsembleRecord): string {
  if (record.kind === 'ensemble') return 'has no metrics.json';
  const count = record.folds ?? record.config.folds.k ?? 0;
  const gone = Array.from({ length: count }, (_, fold) => fold).filter(
    (fold) => !existsSync(join(path, `fold-${fold}`, 'metrics.json')),
  );
  return gone.length > 0 ? `lacks fold ${gone.join(', ')} of ${count}` : 'is not put together yet';
}

function read(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)) return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: not valid JSON: ${(error as Error).message}`, { cause: error });
  }
}
