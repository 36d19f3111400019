/** `foldwise score`: scores a file of predictions against the truth. */
import type { ScoreOptions } from 'foldwise';
import { UsageError } from 'foldwise/usage-error';
import { parseWhole } from '../options/parse-numbers.ts';
import { describeFileScore } from '../render/describe-file-score.ts';
import type { Command } from './command.ts';

const text = { type: 'string', requiresArg: true } as const;

export const score: Command = {
  name: 'score',
  describe: 'score a file of predictions against the truth, joined by id',
  positionals: {
    predictions: {
      type: 'string',
      demandOption: true,
      describe: 'a CSV file, such as a submission or oof.csv',
    },
    truth: { type: 'string', demandOption: true, describe: 'a CSV file with the true values' },
  },
  options: {
    metric: { ...text, demandOption: true, describe: 'such as rmse, roc-auc, f1-macro or map@3' },
    target: {
      ...text,
      describe:
        'the column of the truth, or several with commas; default: the one in both files, or the one whose values are columns of the predictions',
    },
    id: { ...text, describe: "the column of ids; default: the predictions' first" },
    weights: { ...text, describe: 'a column of the truth: how much each row counts' },
    task: {
      choices: ['regression', 'binary', 'multi-class', 'multi-label', 'ordinal'],
      describe: 'what the predictions are of; default: what the metric and the files suggest',
    },
    bootstrap: {
      ...text,
      default: '1000',
      describe: 'how often to draw the rows anew for the interval; 0 for none',
    },
    seed: { ...text, default: '0', describe: 'of the draws' },
    rows: { ...text, default: '5', describe: 'how many of the rows that cost most to tell' },
    'post-processing': {
      choices: ['threshold', 'cut-points', 'clip', 'rank', 'round'],
      describe: 'also score with this, tuned by nested folds',
    },
    folds: { ...text, describe: 'a column of the truth with the fold of each row; default: five parts' },
  },
  examples: [
    ['score oof.csv train.csv --metric rmse', 'with an interval, and the rows that cost most'],
    [
      'score a.csv b.csv --metric f1 --post-processing threshold',
      'also with a threshold, tuned by nested folds',
    ],
  ],
  async run(args, { listeners }) {
    const { signal, onProgress } = listeners;
    const options: ScoreOptions = {
      signal,
      onProgress,
      predictions: String(args['predictions']),
      truth: String(args['truth']),
      metric: String(args['metric']),
      task: args['task'] as ScoreOptions['task'],
      targets: args['target'] === undefined ? undefined : String(args['target']).split(','),
      id: args['id'] as string | undefined,
      weights: args['weights'] as string | undefined,
      bootstrap: parseWhole('bootstrap', args['bootstrap'], 1e6),
      seed: parseWhole('seed', args['seed'], Number.MAX_SAFE_INTEGER),
      rows: parseWhole('rows', args['rows'], 1e6),
      postProcessing: args['post-processing'] as ScoreOptions['postProcessing'],
      folds: args['folds'] as string | undefined,
    };
    if (options.folds !== undefined && options.postProcessing === undefined)
      throw new UsageError('--folds tells how a post-processing is tuned, and needs --post-processing');
    const { score: rate } = await import('foldwise');
    const result = await rate(options);
    return { json: result, text: describeFileScore(result) };
  },
};
