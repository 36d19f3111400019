/** A pipeline's configuration, one experiment on one competition: what `pipelines/<name>/pipeline.ts` exports. */
import { isOwnMetric, type OwnMetric } from '@foldwise/metrics';
import { z } from 'zod';
import { experimentChanges, experimentSettings } from './experiments.ts';
import { foldSettings } from './fold-settings.ts';
import { name, type Task } from '../competition/manifest.ts';
import { outputSettings } from './output-settings.ts';
import { parseStrictly, strictObject } from '../schema/strict-schema.ts';
import { postProcessingSettings } from './post-processing-settings.ts';

const count = z.int().min(1);
const seed = z.int().min(0).max(0xffffffff);
const option = z.string().trim().min(1, 'expected a text that is not empty');

const training = strictObject({
  epochs: count.default(3),
  /** Rows in a training step. */
  batch: count.default(32),
  /** Rows predicted at once. */
  predictBatch: count.default(64),
  /** The learning rate at the end of the warm-up. */
  lr: z.number().positive().default(1e-4),
  weightDecay: z.number().nonnegative().default(0.01),
  /** Of the head and the output; undefined means `lr`. */
  headLr: z.number().positive().optional(),
  /** The rate of each of the encoder's layers as a share of that of the layer above it; undefined means 1. */
  layerDecay: z.number().positive().max(1).optional(),
  /** The embeddings and so many of the encoder's first layers stay as the checkpoint has them; undefined means none, not even the embeddings. */
  frozenLayers: z.int().min(0).optional(),
  /** The share of all steps in which the learning rate rises. */
  warmup: z.number().min(0).max(1).default(0.1),
  /** The largest global norm of a step's gradients. */
  clipNorm: z.number().positive().default(1),
  /** Tokens of a text, with the special ones; longer texts are cut. */
  maxLength: z.int().min(3).default(128),
  /** Of the encoder's layers; undefined means the checkpoint's own. */
  dropout: z.number().min(0).lt(1).optional(),
  seed: seed.default(0),
  /**
   * The epoch whose weights predict: the one that scores best on the held-out rows, whose score is a little optimistic
   * for that; or the last one, without evaluations in between.
   */
  keep: z.enum(['best', 'last']).default('best'),
  /** Of matrix products; "auto" is bf16 where the processor multiplies it in hardware. All else is fp32. */
  precision: z.enum(['auto', 'fp32', 'bf16', 'tf32']).default('auto'),
  /**
   * Of a regression: trains on (target - mean) / standard deviation of the fold's training rows, each target by itself,
   * so that numbers of any scale are learnt. Losses are of these; predictions, scores and models are in the targets' own
   * units. False is the same as undefined.
   */
  standardizeTargets: z
    .boolean()
    .transform((standardize) => standardize || undefined)
    .optional(),
});

const metric = z.union([option, z.custom<OwnMetric>(isOwnMetric)], {
  error: "expected a metric's name or what defineMetric makes",
});

const schema = strictObject({
  name,
  /** The competition's folder under `data/`. */
  competition: name.optional(),
  encoder: option.default('sentence-transformers/all-MiniLM-L6-v2'),
  head: option.default('mean'),
  output: outputSettings.prefault({}),
  folds: foldSettings.prefault({}),
  training: training.prefault({}),
  /** Undefined means the competition's own. */
  metric: metric.optional(),
  /**
   * Tuned on the out-of-fold predictions when all folds are done. No part of a run's hash, for it does not change what is
   * trained: where it changes, the results of the run are made anew.
   */
  postProcessing: postProcessingSettings.optional(),
  /** Other values of settings, listed or multiplied, for `foldwise cv --experiments`. */
  experiments: experimentSettings.optional(),
}).transform((pipeline) => ({ ...pipeline, competition: pipeline.competition ?? pipeline.name }));

type Settings = z.input<typeof schema>;
type Under<Path extends string, Values> = {
  [Key in keyof Values & string as `${Path}.${Key}`]?: Values[Key];
};

/** What experiments may change, by path; the usual ones also by a short name, as on the command line. */
type Changes = Pick<Settings, 'encoder' | 'head'> &
  Pick<z.input<typeof training>, 'seed' | 'epochs' | 'batch' | 'lr' | 'maxLength'> &
  Under<'training', z.input<typeof training>> &
  Under<'output', z.input<typeof outputSettings>>;

const changeable = [
  'encoder',
  'head',
  ...Object.keys(training.shape).map((key) => `training.${key}`),
  ...Object.keys(outputSettings.shape).map((key) => `output.${key}`),
];

/** What a person writes: everything but the name has a default. */
export type PipelineConfig = Omit<Settings, 'experiments'> & {
  experiments?: { [Key in keyof Changes]: NonNullable<Changes[Key]>[] } | (Changes & { name?: string })[];
};

/** Gives a `pipeline.ts` its types. The values are checked by `parsePipeline`, which can name the file. */
export function definePipeline(config: PipelineConfig): PipelineConfig {
  return config;
}

/** What the rest of Foldwise reads: every default filled in. */
export type Pipeline = z.output<typeof schema>;

export interface Experiment {
  name: string;
  /** A whole configuration, without experiments of its own. */
  pipeline: Pipeline;
  /** The paths of what it changes, such as `training.lr`. */
  changes: string[];
}

/**
 * @param value what the pipeline's file exports; a parsed pipeline parses to itself
 * @param where the file that it came from, for errors
 * @throws Error with one line for each unknown key (and the nearest known one) or wrong value, by its path
 */
export function parsePipeline(value: unknown, where: string): Pipeline {
  const pipeline = parseStrictly(schema, value, where);
  experimentsOf(pipeline, where);
  return pipeline;
}

/**
 * Whether the settings of a training fit the competition's task.
 *
 * @throws Error that names the setting that does not
 */
export function checkTraining({ standardizeTargets }: Pipeline['training'], task: Task): void {
  if (standardizeTargets && task !== 'regression')
    throw new Error(
      `training.standardizeTargets is for regression, and a ${task} task has no numbers to standardize; leave it out, or set it to false`,
    );
}

/**
 * @param where as in `parsePipeline`
 * @returns one named `base`, the configuration itself, where the pipeline has no `experiments`
 */
export function experimentsOf({ experiments, ...base }: Pipeline, where = base.name): Experiment[] {
  if (!experiments) return [{ name: 'base', pipeline: base, changes: [] }];
  const seen = new Map<string, string>();
  return changesOf(experiments, where).map(({ name, values }) => {
    const changed: Record<string, unknown> = { ...base };
    for (const [path, value] of values) {
      const [section, key] = path.split('.') as [string, string?];
      changed[section] = key === undefined ? value : { ...(changed[section] as object), [key]: value };
    }
    const pipeline = parseStrictly(schema, changed, `${where}: experiments: ${name}`);
    const json = JSON.stringify(pipeline);
    const same = seen.get(json);
    if (same !== undefined)
      throw new Error(`${where}: experiments: "${same}" and "${name}" are the same configuration`);
    seen.set(json, name);
    return { name, pipeline, changes: [...values.keys()] };
  });
}

function changesOf(
  experiments: NonNullable<Pipeline['experiments']>,
  where: string,
): ReturnType<typeof experimentChanges> {
  try {
    return experimentChanges(experiments, changeable);
  } catch (error) {
    throw new Error(`${where}: experiments: ${(error as Error).message}`, { cause: error });
  }
}
