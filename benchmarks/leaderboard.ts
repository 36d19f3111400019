/**
 * Times the leaderboard on made-up runs of five folds, none of which differ in the seed alone: the ranking by itself, and
 * the whole command beside the same of a single run, whose difference is reading the records and showing them.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rankResults, type RunResult } from '@foldwise/leaderboard';
import { machine } from './comparison/machine.ts';
import { median } from './comparison/median.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const count = Number(values.count);
let state = 1;
const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647;

const results = Array.from({ length: count }, (_, i): RunResult => {
  const foldScores = Array.from({ length: 5 }, () => 0.5 + i / count + 0.02 * random());
  const score = foldScores.reduce((sum, one) => sum + one, 0) / 5;
  const config = {
    name: 'many',
    head: `head-${i}`,
    folds: { kind: 'k-fold', k: 5, seed: 42 },
    training: { seed: 0, lr: 1e-4 },
  };
  return {
    name: `run-${i}`,
    kind: 'run',
    config,
    seed: 0,
    foldsHash: 'same',
    score,
    foldScores,
    heldOutRatio: 1 / 4,
  };
});

function makeWorkspace(runs: readonly RunResult[]): string {
  const root = mkdtempSync(join(tmpdir(), 'foldwise-board-'));
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('nx.json', '{}');
  write('package.json', '{ "type": "module" }');
  write('pipelines/many/pipeline.ts', "export default { name: 'many' };");
  const files = { train: 'train.csv', test: 'test.csv', sample: 'sample.csv' };
  const columns = { id: 'id', text: 'text', target: 'y' };
  write(
    'data/many/competition.json',
    JSON.stringify({ name: 'many', title: 'Many', files, columns, task: 'regression', metric: 'rmse' }),
  );
  for (const { name, config, foldsHash, score, foldScores } of runs) {
    write(
      `submissions/many/${name}/run.json`,
      JSON.stringify({ format: 1, kind: 'training', name, config, foldsHash }, null, 2),
    );
    const metrics = {
      format: 1,
      metric: 'rmse',
      scores: { rmse: score, mae: score },
      folds: { rmse: { scores: foldScores } },
      seconds: 100,
      parameters: 1e6,
      peakMemoryBytes: 1e9,
    };
    write(`submissions/many/${name}/metrics.json`, JSON.stringify(metrics, null, 2));
  }
  return root;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

const many = makeWorkspace(results);
const one = makeWorkspace(results.slice(0, 1));
const command = join(import.meta.dirname, '../packages/cli/bin/foldwise.js');
const board = (cwd: string): Buffer =>
  execFileSync(process.execPath, [command, 'leaderboard', '--json'], { cwd, maxBuffer: 1e9 });
const seconds: Record<'ranking' | 'command' | 'commandOfOne', number[]> = {
  ranking: [],
  command: [],
  commandOfOne: [],
};
for (let i = 0; i < Number(values.runs); i++) {
  seconds.ranking.push(timed(() => rankResults(results, { direction: 'lower' })));
  seconds.command.push(timed(() => board(many)));
  seconds.commandOfOne.push(timed(() => board(one)));
}
for (const root of [many, one]) rmSync(root, { recursive: true });
const medians = Object.fromEntries(Object.entries(seconds).map(([name, all]) => [name, median(all)]));
if (values.json) console.log(JSON.stringify({ machine: machine(), count, ...medians, seconds }));
else console.table([{ runs: count, ...medians }]);
