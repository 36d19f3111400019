/** `foldwise ensemble`: blends the complete runs of a pipeline, and writes the blend and its submission. */
import { pipelinePositional } from '../options/pipeline-options.ts';
import { describeEnsemble } from '../render/describe-ensemble.ts';
import { here } from '../render/here.ts';
import type { Command } from './command.ts';

export const ensemble: Command = {
  name: 'ensemble',
  describe: 'blend the complete runs, and write the submission',
  positionals: pipelinePositional,
  options: {
    method: {
      type: 'string',
      requiresArg: true,
      default: 'mean',
      describe: 'how, such as mean, hill or ridge; several with commas, or all: the best is written',
    },
    runs: { type: 'string', requiresArg: true, describe: 'only these, such as name-a,name-b' },
    'shared-weights': {
      type: 'boolean',
      default: false,
      describe: 'the same weights for all targets, instead of each its own',
    },
  },
  examples: [
    ['ensemble movie-sentiment', 'the mean of all complete runs'],
    [
      'ensemble movie-sentiment --method hill,ridge,mean',
      'whichever blends best, each scored by nested folds',
    ],
  ],
  async run(args, { listeners }) {
    const { ensemble: blend } = await import('foldwise');
    const runs = args['runs'] as string | undefined;
    const blended = await blend({
      ...listeners,
      pipeline: args['pipeline'] as string | undefined,
      method: String(args['method'])
        .split(',')
        .map((name) => name.trim()),
      runs: runs?.split(','),
      sharedWeights: Boolean(args['shared-weights']),
    });
    const { pipeline, folder, members, correlation, tried, failed, selected, chosen, metrics } = blended;
    return {
      json: { pipeline, folder, ...chosen, members, correlation, tried, failed, selected, metrics },
      text: describeEnsemble(blended, here(folder)),
    };
  },
};
