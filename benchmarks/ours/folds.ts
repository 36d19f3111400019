/** Times one kind of split of made rows, every fold's rows included, and prints one JSON line; `peers/folds.py` is its twin. */
import { parseArgs } from 'node:util';
import { parsePipeline, type PipelineConfig } from '@foldwise/data';
import { splitRows, timeSeries } from '@foldwise/folds';

const { values } = parseArgs({
  options: { kind: { type: 'string', default: 'k-fold' }, rows: { type: 'string', default: '1000000' } },
});
const n = Number(values.rows);
/** The time series whose times have been read as numbers before, as Python's libraries read them. */
const isOfNumbers = values.kind === 'time-series-of-numbers';
const kind = (isOfNumbers ? 'time-series' : values.kind) as NonNullable<
  NonNullable<PipelineConfig['folds']>['kind']
>;
/** 0 to 1, the same in Python. */
const random = (row: number, factor: number): number => ((row * factor) % 1_000_003) / 1_000_003;
const column = (cell: (row: number) => number) => Float64Array.from({ length: n }, (_, row) => cell(row));
const names = (cell: (row: number) => number) => Array.from({ length: n }, (_, row) => String(cell(row)));
const shares = [0.5, 0.75, 0.9, 0.98];
const isMultiLabel = kind === 'multi-label';
const extra = {
  author: names((row) => (row * 7919) % 100_003),
  part: names((row) => (row * 7919) % 10),
  when: names((row) => (row * 7919) % 1_000_003),
};
const own: PipelineConfig['folds'] = {
  ...((kind === 'group' || kind === 'stratified-group') && { group: 'author' }),
  ...(kind === 'leave-one-group-out' && { group: 'part' }),
  ...(kind === 'column' && { column: 'part' }),
  ...(kind === 'time-series' && { time: 'when' }),
};
const { folds } = parsePipeline({ name: 'x', folds: { kind, ...own } }, 'folds.ts');
const source = {
  manifest: { task: isMultiLabel ? ('multi-label' as const) : ('multi-class' as const), columns: {} },
  train: {
    ids: names((row) => (row * 7919) % 1_000_003),
    targets: isMultiLabel
      ? [0.1, 0.01, 0.05, 0.003, 0.05, 0.01].map((share, l) =>
          column((row) => Number(random(row, 7919 + 1009 * l) < share)),
        )
      : [column((row) => shares.filter((share) => random(row, 7919) >= share).length)],
    extra,
  },
};

const times = Float64Array.from(extra.when, Number);
const start = performance.now();
const split = isOfNumbers ? timeSeries(times, { k: folds.k! }) : splitRows(folds, source);
let rows = 0;
for (let fold = 0; fold < split.count; fold++) {
  const { train, valid } = split.rows(fold);
  rows += train.length + valid.length;
}
console.log(
  JSON.stringify({
    engine: 'foldwise',
    precision: values.kind,
    seconds: (performance.now() - start) / 1000,
    rows,
  }),
);
