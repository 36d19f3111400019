/**
 * Times every kind of split of a million rows, beside scikit-learn's and iterative-stratification's where a Python is
 * given: in turns, each a process of its own; imports and the making of the rows are left out on both sides.
 */
import { parseArgs } from 'node:util';
import { compare } from './comparison/compare.ts';
import { numbers, ourContender } from './comparison/contenders.ts';
import { machine } from './comparison/machine.ts';
import { runJson } from './comparison/run-json.ts';
import { round, takeTurns, type Measured } from './comparison/turns.ts';

const kinds = [
  'k-fold',
  'stratified',
  'group',
  'stratified-group',
  'multi-label',
  'time-series',
  'time-series-of-numbers',
  'leave-one-group-out',
  'hold-out',
  'column',
];
const { values } = parseArgs({
  options: {
    kinds: { type: 'string', default: kinds.join() },
    rows: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '3' },
    python: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const { rows, runs, python } = values;
const read = numbers('seconds');
const peer = (kind: string) => async (): Promise<Measured> => {
  const { output } = await runJson(python!, ['benchmarks/peers/folds.py', kind, rows]);
  return { engine: String(output['peer']), precision: kind, ours: false, values: read(output) };
};

const lines: { kind: string; seconds: number; peer?: string; peerSeconds?: number; ratio?: number }[] = [];
for (const kind of values.kinds.split(',')) {
  const ours = ourContender('folds.ts', ['--kind', kind, '--rows', rows], read);
  const measured = await takeTurns([ours, ...(python ? [peer(kind)] : [])], Number(runs));
  const { engines, ratio } = compare(measured, [{ name: 'seconds', of: 'median', ratio: true }]);
  const [own, other] = engines.map((engine) => ({ name: engine.engine, seconds: engine.values['seconds']! }));
  lines.push({
    kind,
    seconds: own!.seconds,
    ...(other && { peer: other.name, peerSeconds: other.seconds, ratio: ratio!['seconds']! }),
  });
}
if (values.json)
  console.log(JSON.stringify({ machine: machine(), rows: Number(rows), runs: Number(runs), lines }));
else {
  console.log(`${machine()}, ${Number(rows).toLocaleString('en')} rows, median of ${runs}:\n`);
  console.log('| kind | Foldwise, s | peer | its time, s | ratio |\n| --- | --- | --- | --- | --- |');
  for (const { kind, seconds, peer, peerSeconds, ratio } of lines)
    console.log(
      `| ${kind} | ${round(seconds)} | ${peer ?? '–'} | ${peerSeconds === undefined ? '–' : round(peerSeconds)} | ${ratio?.toFixed(2) ?? '–'} |`,
    );
}
