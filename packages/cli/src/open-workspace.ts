/** Loads what most commands start from: the workspace, the pipeline, and its competition. */
import { join } from 'node:path';
import { loadCompetition, splitColumns, type Competition, type Pipeline } from '@foldwise/data';
import { findWorkspace } from './find-workspace.ts';
import { loadPipeline } from './load-pipeline.ts';
import type { Overrides } from './take-overrides.ts';

export interface Opened {
  workspace: string;
  pipeline: Pipeline;
  competition: Competition;
  /** The competition's folder. */
  data: string;
  /** The folder that holds a folder of runs for each pipeline. */
  submissions: string;
}

/** @param check looks at the configuration before the files are read, to fail early */
export async function openWorkspace(
  name: string | undefined,
  overrides: Overrides = {},
  check: (pipeline: Pipeline) => Promise<void> | void = () => undefined,
): Promise<Opened> {
  const workspace = findWorkspace();
  const pipeline = await loadPipeline(workspace, name, overrides);
  await check(pipeline);
  const data = join(workspace, 'data', pipeline.competition);
  const competition = await loadCompetition(data, splitColumns(pipeline.folds));
  return { workspace, pipeline, competition, data, submissions: join(workspace, 'submissions') };
}
