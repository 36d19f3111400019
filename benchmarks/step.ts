/**
 * Times one training step (forward, backward, clipping, AdamW) of MiniLM-L6, in turns with PyTorch's `torch_step.py`
 * where a Python is given: the same batch, length and threads, each a whole process.
 */
import { parseArgs } from 'node:util';
import { median } from './median.ts';
import { runJson } from './run-json.ts';

const { values } = parseArgs({
  options: {
    batch: { type: 'string', default: '32' },
    length: { type: 'string', default: '128' },
    threads: { type: 'string', default: '2' },
    steps: { type: 'string', default: '10' },
    runs: { type: 'string', default: '3' },
    python: { type: 'string' },
    peer: { type: 'string' },
    model: { type: 'string' },
    precision: { type: 'string', default: 'fp32' },
    json: { type: 'boolean', default: false },
  },
});
const { python, peer, model } = values;
if (python && !(peer && model))
  throw new Error(
    '--python also takes --peer (the path of torch_step.py) and --model (the folder of a checkpoint).',
  );

interface Timed {
  engine: string;
  min_s: number;
  median_s: number;
}

const settings = (['batch', 'length', 'threads', 'steps'] as const).flatMap((name) => [
  `--${name}`,
  values[name],
]);
const timed: Timed[] = [];
for (let run = 0; run < Number(values.runs); run++) {
  const ours = await runJson(process.execPath, ['--import', 'tsx', 'benchmarks/our-step.ts', ...settings]);
  timed.push(ours.output as unknown as Timed);
  if (!python) continue;
  const { precision } = values;
  const theirs = await runJson(python, [peer!, '--model', model!, '--precision', precision, ...settings]);
  timed.push({
    ...(theirs.output as unknown as Timed),
    engine: `${String(theirs.output['peer'])} ${precision}`,
  });
}

const medians = [...new Set(timed.map(({ engine }) => engine))].map((engine) => {
  const same = timed.filter((one) => one.engine === engine);
  return {
    engine,
    runs: same.length,
    min_s: Math.min(...same.map(({ min_s }) => min_s)),
    median_s: median(same.map(({ median_s }) => median_s)),
  };
});
if (values.json) console.log(JSON.stringify({ timed, medians, ...medians[0] }));
else console.table(medians);
