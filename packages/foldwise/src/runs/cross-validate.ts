/** Trains folds of a pipeline: one, all of them, or those of all its experiments. */
import { experimentsOf } from '@foldwise/data';
import { z } from 'zod';
import { aFunction, parseOptions, type OptionsOf } from '../options/options.ts';
import { toOverrides } from '../options/settings.ts';
import { UsageError } from '../usage-error.ts';
import { chooseExperiment } from '../workspace/choose-experiment.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { loadPipeline } from '../workspace/load-pipeline.ts';
import { training, trainFolds } from './train-folds.ts';
import type { TrainedRun } from './trained-run.ts';

const ofFold = {
  ...training,
  /** Its number, from 0. */
  fold: z.number().default(0),
};

const ofRun = {
  ...training,
  /** Only these, by their numbers from 0; default: all. */
  folds: z.array(z.number()).optional(),
};

const ofExperiments = {
  ...ofRun,
  experiment: z.undefined('expected none: give one experiment to crossValidate').optional(),
  /** Hears which experiment is trained next, as the place of how many, from 1. */
  onExperiment: aFunction<(name: string, place: number, count: number) => void>().optional(),
};

export type TrainFoldOptions = OptionsOf<typeof ofFold>;
export type CrossValidateOptions = OptionsOf<typeof ofRun>;
export type CrossValidateAllOptions = OptionsOf<typeof ofExperiments>;

/**
 * Trains one fold, and predicts its held-out rows and the test rows. A fold that is done is read; one that was stopped
 * goes on after its last kept step.
 *
 * @throws UsageError for unknown names and wrong settings; the signal's reason where it was stopped
 */
export async function trainFold(options: TrainFoldOptions = {}): Promise<TrainedRun> {
  const { fold, ...rest } = parseOptions('trainFold', ofFold, options);
  return trainFolds(rest, () => [fold]);
}

/**
 * Trains all folds that are not done yet, and writes the submission. A run that was stopped goes on where it was.
 *
 * @throws as `trainFold`
 */
export async function crossValidate(options: CrossValidateOptions = {}): Promise<TrainedRun> {
  const { folds, ...rest } = parseOptions('crossValidate', ofRun, options);
  return trainFolds(rest, (count) => folds ?? Array.from({ length: count }, (_, fold) => fold));
}

/**
 * Cross-validates each experiment of a pipeline, one after the other.
 *
 * @returns the runs by the names of the experiments, in their order
 * @throws as `crossValidate`; UsageError for a pipeline without experiments, and for settings that they change
 */
export async function crossValidateAll(
  options: CrossValidateAllOptions = {},
): Promise<Map<string, TrainedRun>> {
  const { onExperiment, ...rest } = parseOptions('crossValidateAll', ofExperiments, options);
  const overrides = toOverrides(rest.settings);
  const pipeline = await loadPipeline(findWorkspace(rest.workspace), rest.pipeline, overrides);
  if (!pipeline.experiments)
    throw new UsageError(
      `${pipeline.name} has no experiments: give it some, such as experiments: { head: ['mean', 'cls'] }`,
    );
  const names = experimentsOf(pipeline).map(({ name }) => name);
  for (const name of names) chooseExperiment(pipeline, name, overrides);
  const runs = new Map<string, TrainedRun>();
  for (const experiment of names) {
    onExperiment?.(experiment, runs.size + 1, names.length);
    runs.set(experiment, await crossValidate({ ...rest, experiment }));
  }
  return runs;
}
