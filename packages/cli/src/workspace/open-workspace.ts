/** Loads what most commands start from: the workspace, the pipeline, and its competition. */
import { join } from 'node:path';
import { loadCompetition, splitColumns, type Competition, type Pipeline } from '@foldwise/data';
import { chooseExperiment } from './choose-experiment.ts';
import { findWorkspace } from './find-workspace.ts';
import { loadPipeline } from './load-pipeline.ts';
import type { Overrides } from '../options/overrides.ts';

export interface Opened {
  workspace: string;
  pipeline: Pipeline;
  competition: Competition;
  /** The competition's folder. */
  data: string;
  /** The folder that holds a folder of runs for each pipeline. */
  submissions: string;
}

/**
 * @param check looks at the configuration before the files are read, to fail early
 * @param experiment of the pipeline, to take instead of its own configuration
 */
export async function openWorkspace(
  name: string | undefined,
  overrides: Overrides = {},
  check: (pipeline: Pipeline) => Promise<void> | void = () => undefined,
  experiment?: string,
): Promise<Opened> {
  const workspace = findWorkspace();
  const whole = await loadPipeline(workspace, name, overrides);
  const pipeline = experiment === undefined ? whole : chooseExperiment(whole, experiment, overrides);
  await check(pipeline);
  const data = join(workspace, 'data', pipeline.competition);
  const competition = await loadCompetition(data, splitColumns(pipeline.folds));
  return { workspace, pipeline, competition, data, submissions: join(workspace, 'submissions') };
}
