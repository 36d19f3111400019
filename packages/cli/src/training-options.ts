/** The options of the commands that train. */
import type { Options } from 'yargs';
import { engineFlags } from './engine-options.ts';
import { configOptions } from './pipeline-options.ts';

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
