/**
 * Times one fold of a pipeline, in turns with PyTorch's `torch_fold.py` where a Python is given: the same texts,
 * epochs, batches, lengths, learning rate and threads, each a whole process. The two split the rows differently.
 */
import { parseArgs } from 'node:util';
import { compare } from './comparison/compare.ts';
import { memory, numbers, peerContender } from './comparison/contenders.ts';
import { peerFiles } from './comparison/peer-files.ts';
import { peerOptions, readPeers } from './comparison/peer-options.ts';
import { report, reportOptions } from './comparison/report.ts';
import { runJson } from './comparison/run-json.ts';
import { takeTurns, type Measured } from './comparison/turns.ts';

const { values } = parseArgs({
  options: {
    pipeline: { type: 'string', default: 'movie-sentiment' },
    head: { type: 'string', default: 'mean' },
    epochs: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    runs: { type: 'string', default: '1' },
    precision: { type: 'string', default: 'auto' },
    ...peerOptions,
    ...reportOptions,
  },
});
const { pipeline, head, epochs, threads, runs, precision } = values;
const peers = readPeers(values, {
  scripts: 'torch_fold.py',
  supported: ['fp32', 'bf16', 'compiled'],
  standard: ['bf16'],
});

async function ours(): Promise<Measured> {
  const command = ['packages/cli/bin/foldwise.js', 'fold', pipeline, '--json', '--quiet', '--again'];
  const training = ['--training.precision', precision, '--training.keep', 'last']; // The peer predicts once.
  const settings = ['--head', head, '--epochs', epochs, '--threads', threads, ...training];
  const { output, seconds, peakRssGb } = await runJson(process.execPath, [...command, ...settings]);
  const fold = output as unknown as {
    precision: string;
    engine: { name: string; version: string };
    seconds: { total: number; training: number };
    tokensPerSecond: number;
    peakMemoryBytes: number;
    scores: Record<string, number>;
  };
  return {
    engine: `Foldwise (${fold.engine.name} ${fold.engine.version})`,
    precision: fold.precision,
    ours: true,
    values: {
      fold_s: fold.seconds.total,
      train_s: fold.seconds.training,
      process_s: seconds,
      tokens_per_s: fold.tokensPerSecond,
      ...memory(peakRssGb, { peak_rss_gb: fold.peakMemoryBytes / 1e9 }),
      pearson: fold.scores['pearson']!,
      rmse: fold.scores['rmse']!,
    },
  };
}

const theirs = ['--pool', head, '--epochs', epochs, '--threads', threads, ...(await peerFiles(pipeline))];
const read = numbers('fold_s', 'train_s', 'tokens_per_s', 'pearson', 'rmse');
const measured = await takeTurns(
  [
    ours,
    ...(peers?.variants ?? []).map((variant) =>
      peerContender(peers!, peers!.scripts[0]!, variant, theirs, read),
    ),
  ],
  Number(runs),
);
report(values, {
  what: `fold of ${pipeline}, ${epochs} ${epochs === '1' ? 'epoch' : 'epochs'}`,
  settings: { pipeline, head, epochs: Number(epochs), threads: Number(threads) },
  measured,
  compared: compare(measured, [
    { name: 'fold_s', of: 'median', ratio: true },
    { name: 'train_s', of: 'median', ratio: true },
    { name: 'process_s', of: 'median', ratio: true },
    { name: 'peak_rss_gb', of: 'median', ratio: true },
    { name: 'tokens_per_s', of: 'median' },
    { name: 'pearson', of: 'median' },
    { name: 'rmse', of: 'median' },
  ]),
  seconds: 'fold_s',
});
