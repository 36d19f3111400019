/**
 * Times one training step (forward, backward, clipping, AdamW) of MiniLM-L6, in turns with PyTorch's `torch_step.py`
 * where a Python is given: the same batch, length, steps and threads, each a whole process.
 */
import { parseArgs } from 'node:util';
import { compare } from './comparison/compare.ts';
import { numbers, ourContender, peerContender } from './comparison/contenders.ts';
import { peerOptions, readPeers } from './comparison/peer-options.ts';
import { report, reportOptions } from './comparison/report.ts';
import { takeTurns } from './comparison/turns.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    batch: { type: 'string' },
    length: { type: 'string', default: '128' },
    threads: { type: 'string', default: '2' },
    steps: { type: 'string', default: '10' },
    runs: { type: 'string', default: '3' },
    precision: { type: 'string', default: 'auto' },
    ...peerOptions,
    ...reportOptions,
  },
});
// `nx run` has a flag of the same name and takes "--batch" out of "--batch 32".
const { batch = positionals.shift() ?? '32', length, threads, steps, runs, precision, model } = values;
if (positionals.length > 0 || !/^[1-9]\d*$/.test(batch))
  throw new Error(`--batch: expected a number of texts, got ${[batch, ...positionals].join(' ')}`);
const peers = readPeers(values, {
  scripts: 'torch_step.py',
  supported: ['fp32', 'bf16', 'compiled'],
  standard: ['bf16', 'compiled'],
});

const same = ['--batch', batch, '--length', length, '--threads', threads, '--steps', steps];
const own = [...same, '--precision', precision, ...(model ? ['--model', model] : [])];
const measured = await takeTurns(
  [
    ourContender('step.ts', own, numbers('min_s', 'median_s', 'first_step_s')),
    ...(peers?.variants ?? []).map((variant) =>
      peerContender(peers!, peers!.scripts[0]!, variant, same, numbers('min_s', 'median_s')),
    ),
  ],
  Number(runs),
);
report(values, {
  what: `step, ${batch} × ${length}`,
  settings: { batch: Number(batch), length: Number(length), threads: Number(threads), steps: Number(steps) },
  measured,
  compared: compare(measured, [
    { name: 'min_s', of: 'least', ratio: true },
    { name: 'median_s', of: 'median', ratio: true },
    { name: 'peak_rss_gb', of: 'median', ratio: true },
    { name: 'first_step_s', of: 'median' },
    { name: 'process_s', of: 'median' },
  ]),
  seconds: 'min_s',
});
