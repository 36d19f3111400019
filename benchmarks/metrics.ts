/**
 * Times metrics that sort all rows, in turns with scikit-learn's and SciPy's where a Python is given: the same columns of
 * doubles, each metric in a process of its own. Reading the columns is not counted; compiling by Node is. Seconds of
 * the processor stand beside those of the clock, for they hardly change with what else runs.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare, type Quantity } from './comparison/compare.ts';
import { memory, numbers } from './comparison/contenders.ts';
import { machine } from './comparison/machine.ts';
import { report, reportOptions } from './comparison/report.ts';
import { runJson } from './comparison/run-json.ts';
import { round, takeTurns, type Measured } from './comparison/turns.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    /** How many different predictions there are; all differ where it is left out. */
    levels: { type: 'string' },
    metrics: { type: 'string', default: 'roc-auc,spearman,kendall' },
    runs: { type: 'string', default: '3' },
    seed: { type: 'string', default: '0' },
    python: { type: 'string' },
    ...reportOptions,
  },
});
const metrics = values.metrics.split(',');
const rows = Number(values.rows);
const levels = values.levels === undefined ? undefined : Number(values.levels);

const folder = mkdtempSync(join(tmpdir(), 'foldwise-metrics-'));
try {
  const files = writeColumns();
  const python = values.python;
  const measured = await takeTurns(
    [
      () => measure('Foldwise', true, process.execPath, ['--import', 'tsx', 'benchmarks/ours/metrics.ts']),
      ...(python
        ? [() => measure('scikit-learn, SciPy', false, python, ['benchmarks/peers/metrics.py'])]
        : []),
    ],
    Number(values.runs),
  );
  checkScores(measured);
  const quantities = metrics.flatMap((metric): Quantity[] => [
    { name: `${metric}_s`, of: 'median', ratio: true },
    { name: `${metric}_cpu_s`, of: 'median', ratio: true },
    { name: `${metric}_gb`, of: 'median', ratio: true },
  ]);
  const compared = compare(measured, quantities);
  if (values.markdown) console.log(`${machine()}:\n\n${metrics.map(markdownRow).join('\n')}`);
  else
    report(values, {
      what: `metrics of ${rows.toLocaleString('en')} rows`,
      settings: { rows, levels, seed: Number(values.seed) },
      measured,
      compared,
      seconds: `${metrics[0]}_s`,
    });

  /** Every metric in a process of its own, so that each has its own peak of memory. */
  async function measure(engine: string, ours: boolean, program: string, args: string[]): Promise<Measured> {
    const all: Record<string, number> = {};
    for (const metric of metrics) {
      const [truth, predictions] =
        metric === 'roc-auc' ? [files.labels, files.scores] : [files.x, files.scores];
      const given = ['--metric', metric, '--truth', truth, '--predictions', predictions];
      const { output, peakRssGb } = await runJson(program, [...args, ...given]);
      const { score, seconds, cpu_s } = numbers('score', 'seconds', 'cpu_s')(output);
      all[`${metric}_s`] = seconds!;
      all[`${metric}_cpu_s`] = cpu_s!;
      all[`${metric}_gb`] = memory(peakRssGb, output)['peak_rss_gb']!;
      all[metric] = score!;
    }
    return { engine, precision: 'fp64', ours, values: all };
  }

  function markdownRow(metric: string): string {
    const of = (name: string) => [
      ...compared.engines.map((engine) => round(engine.values[name]!)),
      compared.ratio?.[name]?.toFixed(2) ?? '–',
    ];
    return `| ${[metric, ...of(`${metric}_s`), ...of(`${metric}_cpu_s`), ...of(`${metric}_gb`)].join(' | ')} |`;
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Both sides must agree, or their times say nothing. */
function checkScores(measured: readonly Measured[]): void {
  for (const metric of metrics) {
    const scores = measured.map((one) => one.values[metric]!);
    const [least, most] = [Math.min(...scores), Math.max(...scores)];
    if (!(most - least <= 1e-12 * Math.abs(most)))
      throw new Error(`${metric}: the scores differ: ${[...new Set(scores)].join(', ')}.`);
  }
}

/** Scores of a normal truth and as much noise; labels are whether the truth is above a half. */
function writeColumns(): Record<'x' | 'scores' | 'labels', string> {
  const random = generator(Number(values.seed));
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const columns = {
    x: new Float64Array(rows),
    scores: new Float64Array(rows),
    labels: new Float64Array(rows),
  };
  for (let row = 0; row < rows; row++) {
    const x = normal();
    const score = 1 / (1 + Math.exp(-x - normal()));
    columns.x[row] = x;
    columns.labels[row] = Number(x > 0.5);
    columns.scores[row] = levels === undefined ? score : Math.floor(score * levels) / levels;
  }
  const write = (name: keyof typeof columns): string => {
    const path = join(folder, name);
    writeFileSync(path, new Uint8Array(columns[name].buffer));
    return path;
  };
  return { x: write('x'), scores: write('scores'), labels: write('labels') };
}

/** Numbers from 0 to 1 with 53 random bits, of two calls of mulberry32 (T. Ettinger, public domain). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return () => ((next() >>> 5) * 0x4000000 + (next() >>> 6)) / 2 ** 53;
}
