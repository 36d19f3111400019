/**
 * Times hill climbing among many members on many rows, beside NumPy's where a Python is given: in turns, each a process;
 * reading is left out on every side. All must choose the same members.
 */
import { parseArgs } from 'node:util';
import { compare } from './comparison/compare.ts';
import { memory, numbers, ourContender, type Read } from './comparison/contenders.ts';
import { makeMembers } from './inputs/make-members.ts';
import { report, reportOptions } from './comparison/report.ts';
import { runJson } from './comparison/run-json.ts';
import { takeTurns, type Measured } from './comparison/turns.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '100' },
    rows: { type: 'string', default: '100000' },
    metric: { type: 'string', default: 'rmse' },
    size: { type: 'string', default: '100' },
    file: { type: 'string', default: 'node_modules/.cache/foldwise-members' },
    runs: { type: 'string', default: '3' },
    python: { type: 'string' },
    /** Of matrix, members and gram; gram is of rmse alone. */
    peers: { type: 'string', default: 'matrix,members,gram' },
    ...reportOptions,
  },
});
const { rows, metric, size } = values;
const file = `${values.file}-${values.members}-${rows}`;
await makeMembers(file, Number(values.members), Number(rows));

const chosen = new Set<string>();
const read: Read = (output) => {
  chosen.add(String(output['order']));
  return numbers('seconds', 'loss')(output);
};
const peer = (kind: string) => async (): Promise<Measured> => {
  const args = ['benchmarks/peers/ensemble.py', kind, file, rows, metric, size];
  const { output, seconds, peakRssGb } = await runJson(values.python!, args);
  return {
    engine: String(output['peer']),
    precision: `${metric}, ${size} steps`,
    ours: false,
    values: { ...read(output), process_s: seconds, ...memory(peakRssGb, output) },
  };
};
const peers = values.python
  ? values.peers.split(',').filter((kind) => kind !== 'gram' || metric === 'rmse')
  : [];
const measured = await takeTurns(
  [
    ourContender('ensemble.ts', ['--file', file, '--rows', rows, '--metric', metric, '--size', size], read),
    ...peers.map(peer),
  ],
  Number(values.runs),
);
if (chosen.size > 1) throw new Error(`They chose different members:\n${[...chosen].join('\n')}`);
const compared = compare(
  measured,
  ['seconds', 'loss', 'peak_rss_gb', 'process_s'].map((name) => ({
    name,
    of: 'median' as const,
    ratio: name !== 'loss',
  })),
);
report(values, {
  what: `hill climbing, ${values.members} members, ${Number(rows).toLocaleString('en')} rows`,
  settings: { members: values.members, rows, metric, size },
  measured,
  compared,
  seconds: 'seconds',
});
if (!values.json && !values.markdown) {
  const [ours, ...others] = compared.engines;
  for (const { engine, values: theirs } of others)
    console.log(`${engine}: ${(theirs['seconds']! / ours!.values['seconds']!).toFixed(1)} times as long`);
}
