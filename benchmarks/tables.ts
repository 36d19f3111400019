/**
 * Times the reading, checking and splitting of a competition of a million rows (made on the first run), beside pandas and
 * polars where a Python is given: in turns, each a whole process; imports are left out on every side.
 */
import { parseArgs } from 'node:util';
import { compare } from './comparison/compare.ts';
import { memory, numbers, ourContender } from './comparison/contenders.ts';
import { ENDINGS, makeTables, type Ending } from './inputs/make-tables.ts';
import { report, reportOptions } from './comparison/report.ts';
import { runJson } from './comparison/run-json.ts';
import { takeTurns, type Measured } from './comparison/turns.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    'test-rows': { type: 'string', default: '100000' },
    words: { type: 'string', default: '110' },
    folder: { type: 'string', default: 'node_modules/.cache/foldwise-tables' },
    runs: { type: 'string', default: '3' },
    python: { type: 'string' },
    format: { type: 'string', default: 'csv' },
    ...reportOptions,
  },
});
const size = {
  rows: Number(values.rows),
  testRows: Number(values['test-rows']),
  words: Number(values.words),
};
const ending = values.format as Ending;
if (!ENDINGS.includes(ending))
  throw new Error(`--format: expected one of ${ENDINGS.join(', ')}, got ${ending}`);
const folder = await makeTables(`${values.folder}-${Object.values(size).join('-')}`, ending, {
  ...size,
  python: values.python,
});

const read = numbers('read_s', 'split_s', 'seconds');
const peer = (library: string) => async (): Promise<Measured> => {
  const { output, seconds, peakRssGb } = await runJson(values.python!, [
    'benchmarks/peers/tables.py',
    library,
    folder,
    ending,
  ]);
  return {
    engine: String(output['peer']),
    precision: 'read, checked, split',
    ours: false,
    values: { ...read(output), process_s: seconds, ...memory(peakRssGb, output) },
  };
};
const measured = await takeTurns(
  [
    ourContender('tables.ts', ['--folder', folder], read),
    ...(values.python ? ['pandas', 'polars'].map(peer) : []),
  ],
  Number(values.runs),
);
report(values, {
  what: `reading, checking and splitting ${size.rows.toLocaleString('en')} rows of .${ending}`,
  settings: { ...size },
  measured,
  compared: compare(
    measured,
    ['seconds', 'read_s', 'split_s', 'peak_rss_gb', 'process_s'].map((name) => ({
      name,
      of: 'median' as const,
      ratio: true,
    })),
  ),
  seconds: 'seconds',
});
