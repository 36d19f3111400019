/** `foldwise export`: writes trained models for another place: a web browser, or Kaggle's notebooks. */
import type { Command } from './command.ts';
import { UsageError } from '../usage-error.ts';

export const exportCommand: Command = {
  name: 'export',
  describe: 'write a trained model for a web browser, or all of a submission for a Kaggle notebook',
  positionals: {
    run: {
      type: 'string',
      demandOption: true,
      describe: 'a run, such as minilm-l6-v2-mean-s0-30e6ad; for Kaggle also an ensemble',
    },
  },
  options: {
    to: {
      choices: ['tfjs', 'kaggle'],
      demandOption: true,
      describe: "for what: TensorFlow.js in a browser, or Kaggle's Python",
    },
    fold: {
      type: 'string',
      requiresArg: true,
      describe: 'for tfjs: its number; default: the first that is trained',
    },
    output: {
      type: 'string',
      requiresArg: true,
      describe: "the folder to write; default: one in the run's folder",
    },
    weights: {
      choices: ['float32', 'float16'],
      describe: 'for tfjs: float16 takes half of the bytes, and rounds the weights; default: float32',
    },
    user: { type: 'string', requiresArg: true, describe: 'for kaggle: your name there' },
    competition: {
      type: 'string',
      requiresArg: true,
      describe: 'for kaggle: the competition there; default: "kaggle" of competition.json',
    },
    force: { type: 'boolean', default: false, describe: 'replace an export that is there already' },
  },
  async run(args, context) {
    const { to } = args;
    const others = to === 'tfjs' ? ['user', 'competition'] : ['fold', 'weights'];
    const surplus = others.find((name) => args[name] !== undefined);
    if (surplus !== undefined) throw new UsageError(`--${surplus} is not for --to ${String(to)}`);
    const options = {
      run: String(args['run']),
      output: args['output'] as string | undefined,
      force: Boolean(args['force']),
    };
    if (to === 'kaggle') {
      const { exportForKaggle } = await import('../kaggle/export-for-kaggle.ts');
      const user = args['user'] as string | undefined;
      const competition = args['competition'] as string | undefined;
      return exportForKaggle({ ...options, user, competition }, context);
    }
    const { exportRun } = await import('../runs/export-run.ts');
    const weights = (args['weights'] ?? 'float32') as 'float16' | 'float32';
    return exportRun({ ...options, fold: args['fold'] as string | undefined, weights }, context);
  },
};
