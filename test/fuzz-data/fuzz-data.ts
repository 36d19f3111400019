/**
 * Reads 10,000 mutated files (`--files`, from number `--from` on) and fails on any that gives neither a table nor an error
 * that names it. Minutes long, so not among the unit tests: `npx nx run end-to-end:fuzz-data`.
 */
import { parseArgs } from 'node:util';
import { runFuzz } from './run-fuzz.ts';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '10000' }, from: { type: 'string', default: '0' } },
});
const [files, from] = [Number(values.files), Number(values.from)];
let done = 0;
const { tables, errors, faults, slowest } = await runFuzz(
  Array.from({ length: files }, (_, i) => from + i),
  ({ faults }) => {
    if (++done % 500 === 0) process.stderr.write(`${done} of ${files}, ${faults.length} faults\n`);
  },
);
for (const { number, fault } of faults) process.stdout.write(`file ${number}: ${fault}\n`);
process.stdout.write(
  `${files} files: ${tables} tables, ${errors} errors that name the file, ${faults.length} faults; the slowest, ${slowest.number}, took ${slowest.seconds.toFixed(2)} s\n`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
