/** `foldwise submit`: hands a submission to the user's own `kaggle` command. */
import type { Command } from './command.ts';

export const submit: Command = {
  name: 'submit',
  describe: 'send a submission to Kaggle, by your own kaggle command',
  positionals: {
    run: {
      type: 'string',
      demandOption: true,
      describe: 'a run or an ensemble, by its name or its folder',
    },
  },
  options: {
    message: {
      type: 'string',
      requiresArg: true,
      describe: 'what Kaggle lists it by; default: its name and score',
    },
    competition: {
      type: 'string',
      requiresArg: true,
      describe: 'its slug on Kaggle; default: "kaggle" of competition.json',
    },
    yes: { type: 'boolean', default: false, describe: 'send without asking' },
  },
  async run(args, context) {
    const { submitToKaggle } = await import('../kaggle/submit-to-kaggle.ts');
    return submitToKaggle(
      {
        run: String(args['run']),
        message: args['message'] as string | undefined,
        competition: args['competition'] as string | undefined,
        yes: Boolean(args['yes']),
      },
      context,
    );
  },
};
