/** The options that several commands share: which pipeline, the usual changes to its configuration, and its training. */
import type { TrainFoldOptions } from 'foldwise';
import { UsageError } from 'foldwise/usage-error';
import type { Options, PositionalOptions } from 'yargs';
import type { Arguments } from '../commands/command.ts';
import { engineFlags, engineOptions } from './engine-options.ts';
import { parseValue, type Overrides } from './overrides.ts';

export const pipelinePositional = {
  pipeline: { type: 'string', describe: 'a folder of pipelines/; may be left out where there is only one' },
} satisfies Record<string, PositionalOptions>;

/** Each names a path in the pipeline's configuration, whose schema checks the value. */
const paths = {
  encoder: 'encoder',
  head: 'head',
  seed: 'training.seed',
  epochs: 'training.epochs',
  batch: 'training.batch',
  lr: 'training.lr',
  'max-length': 'training.maxLength',
  'post-processing': 'postProcessing',
} as const;

const text = { type: 'string', requiresArg: true } as const;

const configOptions = {
  encoder: { ...text, describe: "a model's name on the hub, or its folder" },
  head: {
    ...text,
    describe: 'how tokens become one vector, such as mean or concat:cls+max; foldwise heads lists all',
  },
  seed: { ...text, describe: 'the seed of the weights, the order of rows and the dropout' },
  epochs: { ...text, describe: 'how often every row is trained on' },
  batch: { ...text, describe: 'rows in a training step' },
  lr: { ...text, describe: 'the learning rate at the end of the warm-up' },
  'max-length': { ...text, describe: 'tokens of a text; longer ones are cut' },
  'post-processing': {
    ...text,
    describe: 'threshold, cut-points, clip, rank, round or none: tuned when all folds are done',
  },
} satisfies Record<keyof typeof paths, Options>;

/** The options of the commands that train. */
export const trainingOptions = {
  ...configOptions,
  ...engineFlags,
  experiment: {
    type: 'string',
    requiresArg: true,
    describe: "one of the pipeline's experiments, by its name, instead of its own configuration",
  },
  again: { type: 'boolean', describe: 'train folds that are done already anew' },
} satisfies Record<string, Options>;

/** What the library takes of the options of a training, and the same options as they are written, for the next command. */
export function trainingFlags(
  args: Arguments,
  given: Overrides,
): { options: Pick<TrainFoldOptions, 'pipeline' | 'settings' | 'again' | 'engine'>; flags: string } {
  const overrides = allOverrides(args, given);
  const options = {
    ...engineOptions(args),
    pipeline: args['pipeline'] as string | undefined,
    again: Boolean(args['again']),
    settings: overrides,
  };
  const experiment = args['experiment'] === undefined ? '' : ` --experiment ${args['experiment']}`;
  return { options, flags: experiment + asFlags(overrides) };
}

/**
 * @returns the dotted overrides and the named ones together
 * @throws UsageError for a setting that is given by both of its names
 */
function allOverrides(args: Arguments, overrides: Overrides): Overrides {
  const named = Object.entries(paths).flatMap(([option, path]) => {
    const value = args[option];
    if (value === undefined) return [];
    if (Object.hasOwn(overrides, path))
      throw new UsageError(`--${option} and --${path} are the same; leave one out`);
    // A name stays text, even where it looks like a number.
    return [[path, option === 'encoder' || option === 'head' ? value : parseValue(String(value))] as const];
  });
  return { ...overrides, ...Object.fromEntries(named) };
}

/** @returns the overrides as they are written on a command line, to tell people what to run next */
export function asFlags(overrides: Overrides): string {
  const options = new Map<string, string>(Object.entries(paths).map(([option, path]) => [path, option]));
  return Object.entries(overrides)
    .map(([path, value]) => ` --${options.get(path) ?? path} ${written(value)}`)
    .join('');
}

/** Lists in quotes, for brackets are patterns to shells. */
const written = (value: unknown): string =>
  typeof value === 'object' ? `'${JSON.stringify(value)}'` : `${value as string | number | boolean}`;
