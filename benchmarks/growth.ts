/**
 * Measures how one training step grows: its seconds and its peak memory over lengths, for several batches; beside
 * PyTorch's `torch_step.py` where a Python is given. Each point is a process of its own. Writes `growth.json` as it
 * goes on, and draws `growth.svg` of it; `--redraw` only draws.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from './comparison/compare.ts';
import { numbers, ourContender, peerContender } from './comparison/contenders.ts';
import { growthPlot, type GrowthPoint } from './growth-figure/growth-plot.ts';
import { machine } from './comparison/machine.ts';
import { peerOptions, readPeers } from './comparison/peer-options.ts';
import { markdownRows, reportOptions } from './comparison/report.ts';
import { takeTurns, type Measured } from './comparison/turns.ts';

const { values } = parseArgs({
  options: {
    batches: { type: 'string', default: '1,8,32,128' },
    lengths: { type: 'string', default: '16,32,64,128,256,512' },
    'most-tokens': { type: 'string', default: '16384' },
    threads: { type: 'string', default: '2' },
    steps: { type: 'string', default: '5' },
    runs: { type: 'string', default: '1' },
    precision: { type: 'string', default: 'auto' },
    folder: { type: 'string', default: 'benchmarks' },
    redraw: { type: 'boolean', default: false },
    ...peerOptions,
    ...reportOptions,
  },
});
const { threads, steps, runs, precision, model, folder } = values;
const [data, plot] = ['growth.json', 'growth.svg'].map((name) => join(folder, name)) as [string, string];
const peers = readPeers(values, {
  scripts: 'torch_step.py',
  supported: ['fp32', 'bf16', 'compiled'],
  standard: ['bf16'],
});

/** `growth.json`. */
interface Growth {
  machine: string;
  settings: Record<string, number>;
  points: GrowthPoint[];
}

const list = (text: string) => text.split(',').map(Number);
const shapes = list(values.batches).flatMap((batch) =>
  list(values.lengths)
    .filter((length) => batch * length <= Number(values['most-tokens']))
    .map((length) => ({ batch, length })),
);

/** What each engine took for a batch of this shape. */
async function measure({ batch, length }: { batch: number; length: number }): Promise<Measured[]> {
  const shape = ['--batch', String(batch), '--length', String(length)];
  const same = [...shape, '--threads', threads, '--steps', steps];
  const own = [...same, '--precision', precision, ...(model ? ['--model', model] : [])];
  const read = numbers('min_s', 'median_s');
  const theirs = peers?.variants.map((v) => peerContender(peers, peers.scripts[0]!, v, same, read)) ?? [];
  return takeTurns([ourContender('step.ts', own, read), ...theirs], Number(runs));
}

function write(growth: Growth): void {
  writeFileSync(data, `${JSON.stringify(growth, null, 2)}\n`);
  writeFileSync(plot, growthPlot(growth.points, `${growth.machine}, ${growth.settings['threads']} threads`));
}

if (values.redraw) write(JSON.parse(readFileSync(data, 'utf8')) as Growth);
else {
  const growth: Growth = {
    machine: machine(),
    settings: { threads: Number(threads), steps: Number(steps), runs: Number(runs) },
    points: [],
  };
  const rows: string[] = [];
  for (const { batch, length } of shapes) {
    console.error(`${batch} × ${length}`);
    const compared = compare(await measure({ batch, length }), [
      { name: 'min_s', of: 'least', ratio: true },
      { name: 'median_s', of: 'median' },
      { name: 'peak_rss_gb', of: 'median', ratio: true },
    ]);
    const points = compared.engines.map(({ engine, precision, values }, i) => ({
      batch,
      length,
      engine,
      precision,
      ours: i === 0,
      min_s: values['min_s']!,
      median_s: values['median_s']!,
      peak_rss_gb: values['peak_rss_gb']!,
    }));
    growth.points.push(...points);
    write(growth);
    rows.push(...markdownRows(`step, ${batch} × ${length}`, compared, 'min_s'));
  }
  if (values.json) console.log(JSON.stringify(growth));
  else if (values.markdown) console.log(`${growth.machine}:\n\n${rows.join('\n')}`);
  else console.table(growth.points);
  console.error(`Written: ${data}, ${plot}`);
}
