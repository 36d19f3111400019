/** Ranks the runs of a pipeline, for people, for programs and as CSV. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseManifest } from '@foldwise/data';
import { rankResults } from '@foldwise/leaderboard';
import { findMetric, type Metric } from '@foldwise/metrics';
import { boardCsv } from '../render/board-csv.ts';
import type { Outcome } from '../commands/command.ts';
import { describeBoard } from '../render/describe-board.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { loadPipeline } from '../workspace/load-pipeline.ts';
import { readResults } from './read-results.ts';
import { UsageError } from '../usage-error.ts';

export interface ShowLeaderboardOptions {
  pipeline: string | undefined;
  metric: string | undefined;
  alpha: string;
  csv: string | undefined;
}

/** @throws UsageError for an unknown pipeline or metric and a wrong alpha; Error where nothing is complete yet */
export async function showLeaderboard({
  pipeline: asked,
  metric: wanted,
  alpha: level,
  csv,
}: ShowLeaderboardOptions): Promise<Outcome> {
  const alpha = Number(level);
  if (!(alpha > 0 && alpha < 1))
    throw new UsageError(`--alpha: expected a number between 0 and 1, got "${level}"`);
  const workspace = findWorkspace();
  const pipeline = await loadPipeline(workspace, asked);
  const path = join(workspace, 'data', pipeline.competition, 'competition.json');
  const manifest = parseManifest(JSON.parse(await readFile(path, 'utf8')), path);
  const { name, direction } = knownMetric(wanted, () =>
    findMetric(pipeline.metric ?? manifest.metric, manifest.task),
  );
  const { results, incomplete } = readResults(join(workspace, 'submissions', pipeline.name), name);
  if (results.length === 0)
    throw new Error(
      `${pipeline.name} has no complete run to rank: train one with \`npx foldwise cv ${pipeline.name}\`` +
        incomplete.map((run) => `\n${run.name} ${run.missing}`).join(''),
    );
  const board = rankResults(results, { direction, alpha });
  const json = { pipeline: pipeline.name, metric: name, direction, alpha, ...board, incomplete };
  if (csv !== undefined) {
    const text = boardCsv(board);
    if (csv === '-') return { json, text: text.trimEnd() };
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(csv, text);
    return { json, text: `${csv}: ${results.length} runs of ${pipeline.name}` };
  }
  const width = process.stdout.isTTY ? process.stdout.columns : 120;
  return {
    json,
    text: describeBoard(board, { pipeline: pipeline.name, metric: name, direction, incomplete, width }),
  };
}

function knownMetric(wanted: string | undefined, otherwise: () => Metric): Metric {
  if (wanted === undefined) return otherwise();
  try {
    return findMetric(wanted);
  } catch (error) {
    throw new UsageError(`--metric: ${(error as Error).message}`, { cause: error });
  }
}
