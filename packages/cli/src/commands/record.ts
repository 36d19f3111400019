/** `foldwise record`: keeps what Kaggle's leaderboard said of a submission. */
import { UsageError } from 'foldwise/usage-error';
import { bold } from '../render/format.ts';
import type { Command } from './command.ts';

export const record: Command = {
  name: 'record',
  describe: "keep a submission's score on Kaggle's leaderboard",
  positionals: {
    run: { type: 'string', demandOption: true, describe: 'a run or an ensemble, by its name or its folder' },
  },
  options: {
    public: { type: 'string', requiresArg: true, describe: 'the public score, such as 0.471' },
    private: { type: 'string', requiresArg: true, describe: 'the private score' },
  },
  examples: [['record movie-sentiment/ensemble --public 0.471', 'once Kaggle has scored it']],
  async run(args) {
    const score = (name: 'public' | 'private'): number | undefined => {
      const text = args[name];
      if (text === undefined) return undefined;
      const value = Number(text);
      if (String(text).trim() !== '' && Number.isFinite(value)) return value;
      throw new UsageError(`--${name}: expected a number, got "${text}"`);
    };
    const scores = { public: score('public'), private: score('private') };
    if (scores.public === undefined && scores.private === undefined)
      throw new UsageError('record needs --public, --private or both');
    const { recordScores } = await import('foldwise');
    const recorded = await recordScores({ run: String(args['run']), ...scores });
    const { pipeline, name } = recorded;
    const told = (['public', 'private'] as const).flatMap((kind) =>
      recorded[kind] === undefined ? [] : [`${kind} ${recorded[kind]}`],
    );
    return {
      json: recorded,
      text: [
        bold(`${pipeline}, ${name}: ${told.join(', ')}`),
        `Next: npx foldwise leaderboard ${pipeline} shows how well it agrees with cross-validation`,
      ].join('\n'),
    };
  },
};
