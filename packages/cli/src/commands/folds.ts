/** `foldwise folds`: writes and shows how the rows of a competition are split. */
import type { Command } from './command.ts';
import { pipelinePositional } from '../options/pipeline-options.ts';

export const folds: Command = {
  name: 'folds',
  describe: 'write and show how the rows are split into folds, and look for leaks',
  positionals: pipelinePositional,
  options: {
    'group-duplicates': {
      type: 'boolean',
      describe: 'keep texts that are nearly the same in one fold; short for --folds.groupDuplicates true',
    },
    quick: {
      type: 'boolean',
      default: false,
      describe: 'leave out what takes long: near-duplicates, and train against test',
    },
  },
  takesOverrides: true,
  async run(args, context) {
    const { showFolds } = await import('../data/show-folds.ts');
    const together = args['group-duplicates'];
    const overrides =
      together === undefined
        ? context.overrides
        : { ...context.overrides, 'folds.groupDuplicates': together };
    return showFolds(args['pipeline'] as string | undefined, Boolean(args['quick']), {
      ...context,
      overrides,
    });
  },
};
