/** `foldwise score`: scores a file of predictions against the truth. */
import type { Command } from '../command.ts';

export const score: Command = {
  name: 'score',
  describe: 'score a file of predictions against the truth, joined by id',
  positionals: {
    submission: { type: 'string', demandOption: true, describe: 'a CSV file of predictions' },
    truth: { type: 'string', demandOption: true, describe: 'a CSV file with the true values' },
  },
  options: {
    metric: { type: 'string', requiresArg: true, demandOption: true, describe: 'such as rmse or roc-auc' },
    target: {
      type: 'string',
      requiresArg: true,
      describe: 'the column, or several with commas; default: the one in both files',
    },
    id: { type: 'string', requiresArg: true, describe: "the column of ids; default: the submission's first" },
  },
  async run({ submission, truth, metric, target, id }) {
    const { scoreFiles } = await import('../score-files.ts');
    return scoreFiles(String(submission), String(truth), {
      metric: String(metric),
      targets: target === undefined ? undefined : String(target).split(','),
      id: id as string | undefined,
    });
  },
};
