/** Times the reading, checking and splitting of a competition's files, as every command does, and prints one JSON line. */
import { parseArgs } from 'node:util';
import { loadCompetition, parsePipeline } from '@foldwise/data';
import { makeSplit } from '@foldwise/folds';

const { values } = parseArgs({ options: { folder: { type: 'string', default: '' } } });
const start = performance.now();
const competition = await loadCompetition(values.folder);
const read = performance.now();
const { folds } = parsePipeline({ name: 'x', folds: { kind: 'stratified' } }, 'tables.ts');
const split = await makeSplit(folds, competition);
const done = performance.now();
console.log(
  JSON.stringify({
    engine: 'foldwise',
    precision: 'read, checked, split',
    rows: competition.train.ids.length,
    test_rows: competition.test.ids.length,
    folds: split.count,
    read_s: (read - start) / 1000,
    split_s: (done - read) / 1000,
    seconds: (done - start) / 1000,
  }),
);
