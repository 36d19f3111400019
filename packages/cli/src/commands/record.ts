/** `foldwise record`: keeps what Kaggle's leaderboard said of a submission. */
import type { Command } from './command.ts';
import { UsageError } from '../usage-error.ts';

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
    const { recordScores } = await import('../kaggle/record-scores.ts');
    return recordScores(String(args['run']), scores);
  },
};
