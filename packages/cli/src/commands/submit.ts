/** `foldwise submit`: hands a submission to the user's own `kaggle` command, after showing what will be sent. */
import type { SubmissionPlan } from 'foldwise';
import { formatScore } from 'foldwise/format';
import { bold } from '../render/format.ts';
import { here } from '../render/here.ts';
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
  examples: [
    ['submit movie-sentiment/ensemble', 'show what would be sent, and ask'],
    ['submit movie-sentiment/ensemble --message "three heads" --yes', 'send without asking'],
  ],
  async run(args, { listeners, onStop }) {
    const { submit: send } = await import('foldwise');
    const { signal, onNote } = listeners;
    onStop(() => 'Nothing was sent.');
    const result = await send({
      signal,
      onNote,
      run: String(args['run']),
      message: args['message'] as string | undefined,
      competition: args['competition'] as string | undefined,
      confirm: async (plan) => {
        onNote(describe(plan));
        if (args['yes']) return true;
        const { confirm } = await import('../prompts/confirm.ts');
        return confirm('Send it?', '--yes', signal);
      },
    });
    if (!result.sent) return { json: result, text: 'Nothing was sent.' };
    const { name, competition } = result;
    return {
      json: result,
      text: [
        bold(`Sent ${name} to ${competition}.`),
        `Next: once Kaggle has scored it, npx foldwise record ${name} --public SCORE`,
      ].join('\n'),
    };
  },
};

function describe({ competition, file, rows, sha256, score, message, warnings, sentBefore }: SubmissionPlan) {
  return [
    bold(`To ${competition} on Kaggle: ${here(file)}`),
    `${rows} rows, SHA-256 ${sha256.slice(0, 16)}…`,
    `Cross-validation: ${score.metric} ${formatScore(score.value)}`,
    `Message: ${message}`,
    ...warnings.map((warning) => `Beware: ${warning}`),
    ...(sentBefore === undefined
      ? []
      : [`Beware: this very file was sent on ${sentBefore.slice(0, 10)} already`]),
  ].join('\n');
}
