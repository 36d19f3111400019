/** Loads what most commands start from: the workspace, the pipeline, and its competition. */
import { join } from 'node:path';
import { loadCompetition, splitColumns, type Competition, type Pipeline } from '@foldwise/data';
import { chooseExperiment } from './choose-experiment.ts';
import { findWorkspace } from './find-workspace.ts';
import { loadPipeline } from './load-pipeline.ts';
import type { Overrides } from '../options/settings.ts';

export interface Opened {
  workspace: string;
  pipeline: Pipeline;
  competition: Competition;
  /** The competition's folder. */
  data: string;
  /** The folder that holds a folder of runs for each pipeline. */
  submissions: string;
}

export interface OpenOptions {
  /** A folder within the workspace. */
  workspace?: string;
  /** May be left out where there is only one. */
  pipeline?: string;
  overrides?: Overrides;
  /** Of the pipeline, to take instead of its own configuration. */
  experiment?: string;
  /** Looks at the configuration before the files are read, to fail early. */
  check?: (pipeline: Pipeline) => Promise<void> | void;
}

/** @throws UsageError as `findWorkspace`, `loadPipeline` and `chooseExperiment`; Error for wrong files */
export async function openWorkspace({
  workspace: from,
  pipeline: name,
  overrides = {},
  experiment,
  check = () => undefined,
}: OpenOptions): Promise<Opened> {
  const workspace = findWorkspace(from);
  const whole = await loadPipeline(workspace, name, overrides);
  const pipeline = experiment === undefined ? whole : chooseExperiment(whole, experiment, overrides);
  await check(pipeline);
  const data = join(workspace, 'data', pipeline.competition);
  const competition = await loadCompetition(data, splitColumns(pipeline.folds));
  return { workspace, pipeline, competition, data, submissions: join(workspace, 'submissions') };
}
