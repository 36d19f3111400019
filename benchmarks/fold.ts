/**
 * Times one fold of a pipeline, in turns with PyTorch's `torch_fold.py` where a Python is given: the same texts,
 * epochs, batches, lengths, learning rate and threads, each a whole process. The two split the rows differently.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from './median.ts';
import { runJson } from './run-json.ts';

const { values } = parseArgs({
  options: {
    pipeline: { type: 'string', default: 'movie-sentiment' },
    head: { type: 'string', default: 'mean' },
    epochs: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    runs: { type: 'string', default: '1' },
    python: { type: 'string' },
    peer: { type: 'string' },
    model: { type: 'string' },
    precision: { type: 'string', default: 'fp32' },
    json: { type: 'boolean', default: false },
  },
});

interface Measured {
  engine: string;
  /** From the start of tokenization to the last prediction. */
  fold_s: number;
  /** The whole process. */
  process_s: number;
  tokens_per_s: number;
  peak_rss_gb: number;
  pearson: number;
  rmse: number;
}

async function ours(): Promise<Measured> {
  const { pipeline, head, epochs, threads } = values;
  const command = ['packages/cli/bin/foldwise.js', 'fold', pipeline, '--json', '--quiet', '--again'];
  // The peer predicts once, after the last epoch.
  const settings = ['--head', head, '--epochs', epochs, '--threads', threads, '--training.keep', 'last'];
  const { output, seconds } = await runJson(process.execPath, [...command, ...settings]);
  const fold = output as unknown as {
    seconds: { total: number };
    tokensPerSecond: number;
    peakMemoryBytes: number;
    scores: Record<string, number>;
  };
  return {
    engine: 'foldwise fp32',
    fold_s: fold.seconds.total,
    process_s: seconds,
    tokens_per_s: fold.tokensPerSecond,
    peak_rss_gb: fold.peakMemoryBytes / 1e9,
    pearson: fold.scores['pearson']!,
    rmse: fold.scores['rmse']!,
  };
}

async function torch(python: string, peer: string, model: string): Promise<Measured> {
  const data = join('data', values.pipeline);
  const files = ['--model', model, '--train', join(data, 'train.csv'), '--test', join(data, 'test.csv')];
  const { head, epochs, threads, precision } = values;
  const settings = ['--pool', head, '--epochs', epochs, '--threads', threads, '--precision', precision];
  const { output, seconds } = await runJson(python, [peer, ...files, ...settings]);
  const numbers = output as Record<keyof Measured, number>;
  return { ...numbers, engine: `${String(output['peer'])} ${precision}`, process_s: seconds };
}

const { python, peer, model } = values;
if (python && !(peer && model))
  throw new Error(
    '--python also takes --peer (the path of torch_fold.py) and --model (the folder of a checkpoint).',
  );

const measured: Measured[] = [];
for (let run = 0; run < Number(values.runs); run++) {
  measured.push(await ours());
  if (python) measured.push(await torch(python, peer!, model!));
}

const columns = ['fold_s', 'process_s', 'tokens_per_s', 'peak_rss_gb', 'pearson', 'rmse'] as const;
const rows = [...new Set(measured.map(({ engine }) => engine))].map((engine) => {
  const same = measured.filter((one) => one.engine === engine);
  return {
    engine,
    runs: same.length,
    ...Object.fromEntries(columns.map((name) => [name, median(same.map((one) => one[name]))])),
  };
});
if (values.json) console.log(JSON.stringify({ measured, medians: rows }));
else console.table(rows);
