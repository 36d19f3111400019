/** `foldwise reproduce`: makes a submission again from what its manifest says, and compares. */
import type { Command } from './command.ts';
import { engineFlags } from '../options/engine-options.ts';

export const reproduce: Command = {
  name: 'reproduce',
  describe: 'make a submission again from its records, and compare bit by bit',
  positionals: {
    submission: {
      type: 'string',
      demandOption: true,
      describe: 'a run or an ensemble, by its name, its folder or its submission.csv',
    },
  },
  options: {
    retrain: { type: 'boolean', default: false, describe: 'train folds that are gone' },
    output: { type: 'string', requiresArg: true, describe: 'also keep what was made, as this file' },
    ...engineFlags,
  },
  async run(args, context) {
    const { reproduceSubmission } = await import('../runs/reproduce-submission.ts');
    return reproduceSubmission(args, context);
  },
};
