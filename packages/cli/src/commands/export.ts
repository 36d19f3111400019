/** `foldwise export`: writes a trained model for another place, such as a web browser. */
import type { Command } from '../command.ts';

export const exportCommand: Command = {
  name: 'export',
  describe: 'write the model of a fold as a folder that runs in a web browser',
  positionals: {
    run: { type: 'string', demandOption: true, describe: 'a run, such as minilm-l6-v2-mean-s0-30e6ad' },
  },
  options: {
    to: { choices: ['tfjs'], demandOption: true, describe: 'for what: TensorFlow.js in a browser' },
    fold: { type: 'string', requiresArg: true, describe: 'its number; default: the first that is trained' },
    output: {
      type: 'string',
      requiresArg: true,
      describe: "the folder to write; default: one in the run's folder",
    },
    weights: {
      choices: ['float32', 'float16'],
      default: 'float32',
      describe: 'float16 takes half of the bytes, and rounds the weights',
    },
    force: { type: 'boolean', default: false, describe: 'replace an export that is there already' },
  },
  async run(args, context) {
    const { exportRun } = await import('../export-run.ts');
    return exportRun(
      {
        run: String(args['run']),
        fold: args['fold'] as string | undefined,
        output: args['output'] as string | undefined,
        weights: args['weights'] as 'float16' | 'float32',
        force: Boolean(args['force']),
      },
      context,
    );
  },
};
