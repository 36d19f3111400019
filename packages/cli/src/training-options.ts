/** The options of the commands that train. */
import type { Options } from 'yargs';
import { configOptions } from './pipeline-options.ts';

export const trainingOptions = {
  ...configOptions,
  threads: { type: 'string', requiresArg: true, describe: 'threads of the engine; default: all cores' },
  device: {
    type: 'string',
    requiresArg: true,
    describe: 'what TensorFlow computes on: cpu, gpu, gpu:1 …; default: a GPU where there is one',
  },
  engine: {
    choices: ['auto', 'tensorflow', 'wasm'],
    describe: 'what computes; default: TensorFlow where it can be had',
  },
  again: { type: 'boolean', describe: 'train folds that are done already anew' },
} satisfies Record<string, Options>;
