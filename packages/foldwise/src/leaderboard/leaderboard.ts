/** Ranks the runs and ensembles of a pipeline, with ties where differences are noise. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseManifest } from '@foldwise/data';
import { rankResults, type Board } from '@foldwise/leaderboard';
import { findMetric } from '@foldwise/metrics';
import type { ColumnTable } from 'arquero';
import { z } from 'zod';
import { ofPipeline, parseOptions, text, type OptionsOf } from '../options/options.ts';
import { asUse, UsageError } from '../usage-error.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { loadPipeline } from '../workspace/load-pipeline.ts';
import { boardCsv, boardTable } from './board-table.ts';
import { readResults, type ReadResults } from './read-results.ts';

const shape = {
  ...ofPipeline,
  /** Ranks by another metric than the pipeline's. */
  metric: text.optional(),
  /** A difference that chance makes more rarely than this is none of noise. */
  alpha: z.number().default(0.05),
};

export type LeaderboardOptions = OptionsOf<typeof shape>;

export interface Leaderboard extends Board {
  pipeline: string;
  metric: string;
  direction: 'lower' | 'higher';
  alpha: number;
  /** Runs that cannot be ranked, and what they lack. */
  incomplete: ReadResults['incomplete'];
  /** A row for each run, with what its group has. */
  table: () => ColumnTable;
  /** The same as CSV. */
  csv: () => string;
}

/** @throws UsageError for an unknown pipeline or metric and a wrong alpha; Error where nothing is complete yet */
export async function leaderboard(options: LeaderboardOptions = {}): Promise<Leaderboard> {
  const {
    workspace: from,
    pipeline: asked,
    metric: wanted,
    alpha,
  } = parseOptions('leaderboard', shape, options);
  if (!(alpha > 0 && alpha < 1))
    throw new UsageError(`expected a number between 0 and 1, got ${alpha}`, { option: 'alpha' });
  const workspace = findWorkspace(from);
  const pipeline = await loadPipeline(workspace, asked);
  const path = join(workspace, 'data', pipeline.competition, 'competition.json');
  const manifest = parseManifest(JSON.parse(await readFile(path, 'utf8')), path);
  const { name, direction } =
    wanted === undefined
      ? findMetric(pipeline.metric ?? manifest.metric, manifest.task)
      : asUse(() => findMetric(wanted), 'metric');
  const { results, incomplete } = readResults(join(workspace, 'submissions', pipeline.name), name);
  if (results.length === 0)
    throw new Error(
      `${pipeline.name} has no complete run to rank: train one with \`npx foldwise cv ${pipeline.name}\`` +
        incomplete.map((run) => `\n${run.name} ${run.missing}`).join(''),
    );
  const board = rankResults(results, { direction, alpha });
  return {
    pipeline: pipeline.name,
    metric: name,
    direction,
    alpha,
    ...board,
    incomplete,
    table: () => boardTable(board),
    csv: () => boardCsv(board),
  };
}
