/** `foldwise export`: writes trained models for another place: a web browser, or Kaggle's notebooks. */
import { join } from 'node:path';
import type { BrowserExport, KaggleExport } from 'foldwise';
import { UsageError } from 'foldwise/usage-error';
import { parseFold } from '../options/parse-numbers.ts';
import { bold, megabytes } from '../render/format.ts';
import { here } from '../render/here.ts';
import type { Command } from './command.ts';

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
  examples: [
    ['export minilm-l6-v2-mean-s0-30e6ad --to tfjs', 'the first fold, for a web page'],
    ['export movie-sentiment/ensemble --to kaggle --user me', 'all models of a blend, for a notebook'],
  ],
  async run(args, { listeners }) {
    const { to } = args;
    const others = to === 'tfjs' ? ['user', 'competition'] : ['fold', 'weights'];
    const surplus = others.find((name) => args[name] !== undefined);
    if (surplus !== undefined) throw new UsageError(`--${surplus} is not for --to ${String(to)}`);
    const options = {
      ...listeners,
      run: String(args['run']),
      output: args['output'] as string | undefined,
      force: Boolean(args['force']),
    };
    const { exportModel } = await import('foldwise');
    if (to === 'kaggle') {
      const user = args['user'] as string | undefined;
      const competition = args['competition'] as string | undefined;
      const exported = await exportModel({ ...options, to, user, competition });
      const { data, rounded, ...json } = exported;
      return { json, text: describeForKaggle(exported) };
    }
    const fold = args['fold'] === undefined ? undefined : parseFold(String(args['fold']));
    const weights = args['weights'] as 'float16' | 'float32' | undefined;
    const exported = await exportModel({ ...options, to: 'tfjs', fold, weights });
    return { json: exported, text: describeForBrowsers(exported) };
  },
};

function describeForBrowsers({ run, fold, folder, bytes, weightBytes }: BrowserExport): string {
  const where = here(folder);
  return [
    bold(`${run}, fold ${fold}, for browsers: ${megabytes(bytes)}, ${megabytes(weightBytes)} of weights`),
    `Files: ${where}`,
    `Next: npx serve ${where}, or python3 -m http.server 8000 --directory ${where}`,
  ].join('\n');
}

function describeForKaggle({ name, folder, models, bytes, data, rounded }: KaggleExport): string {
  const where = here(folder);
  return [
    bold(`${name}, for Kaggle: ${models} models, ${megabytes(bytes)}`),
    ...rounded.map(
      ({ run, precision }) =>
        `Beware: ${run} predicted in ${precision}, and Python will in fp32: numbers differ a little.`,
    ),
    `Files: ${where}`,
    `Next: python ${join(where, 'notebook', 'predict.py')} --data ${here(data)}, then upload as ${join(where, 'README.md')} says`,
  ].join('\n');
}
