/**
 * `npx nx run end-to-end:tfjs --sources <folder>`: runs the test suites of TensorFlow.js 4.22 on its plain backend and on
 * the engine, eager and with each kernel compiled, and prints what passes and what fails here only. The sources are a
 * clone of TensorFlow.js's repository, and stay where they are. Ends with 1 where something has no reason in a table.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleSuite } from './bundle-suite.ts';
import { unexplained, reasonsOf } from './failing.ts';
import { forkSuite } from './fork-suite.ts';
import type { SuiteReport } from './run-suite.ts';
import { modes, suites, type Mode, type Suite } from './suites.ts';
import { unexplainedCalls } from './unexplained-calls.ts';

const print = (line = '') => process.stdout.write(`${line}\n`);

const { values } = parseArgs({ options: { sources: { type: 'string' } } });
const sources = findSources(values.sources);
print('| suite | run | passed | failed | skipped | fails here only |');
print('| --- | --- | ---: | ---: | ---: | ---: |');
const notes: string[] = [];
const problems: string[] = [];
for (const suite of suites) {
  const bundle = await bundleSuite(suite, sources);
  const plain = await forkSuite(bundle, 'cpu');
  row(suite, 'cpu', plain, 0);
  for (const mode of modes.filter((mode) => mode !== 'cpu')) {
    const report = await forkSuite(bundle, mode);
    const here = failingHere(report, plain);
    row(suite, mode, report, here.length);
    check(suite, mode, { ...report, failed: here });
  }
}
print();
for (const note of notes) print(note);
print(
  problems.length
    ? `\n${problems.length} without a reason in a table:`
    : '\nAll that fails here has its reason.',
);
for (const problem of problems) print(`- ${problem}`);
process.exitCode = problems.length ? 1 : 0;

/** @throws where it is not a clone of the right version. */
function findSources(given: string | undefined): string {
  const clone = `git clone --depth 1 --branch tfjs-v4.22.0 https://github.com/tensorflow/tfjs.git <folder>`;
  if (!given) throw new Error(`--sources is missing; expected a folder that this made: ${clone}`);
  // Nx runs this in the package's folder.
  const folder = resolve(process.env['NX_WORKSPACE_ROOT'] ?? '.', given);
  const missing = suites.find((suite) => !existsSync(join(folder, suite, 'src')));
  if (missing) throw new Error(`${folder} has no ${missing}/src; expected a folder that this made: ${clone}`);
  return folder;
}

function failingHere({ failed }: SuiteReport, plain: SuiteReport): SuiteReport['failed'] {
  const elsewhere = new Set(plain.failed.map(({ name }) => name));
  return failed.filter(({ name }) => !elsewhere.has(name));
}

function row(suite: Suite, mode: Mode, { passed, failed, skipped }: SuiteReport, here: number): void {
  const run = { cpu: 'plain backend', eager: 'engine, eager', compiled: 'engine, compiled' }[mode];
  print(`| ${suite} | ${run} | ${passed.length} | ${failed.length} | ${skipped.length} | ${here} |`);
}

function check(suite: Suite, mode: Mode, report: SuiteReport): void {
  const { calls, left } = report;
  const found = unexplained(report, suite, mode === 'compiled');
  if (report.operations === 0) found.push('no operation ran on TensorFlow');
  for (const kernel of Object.keys(left ?? {})) found.push(`${kernel} leaves tensors behind`);
  if (calls) found.push(...unexplainedCalls(calls));
  problems.push(...found.map((problem) => `${suite}, ${mode}: ${problem}`));
  if (!calls) return;
  const counts = Object.values(calls.compiled);
  notes.push(
    `${suite}: ${counts.reduce((sum, n) => sum + n, 0)} calls of ${counts.length} kernels compiled, ${calls.fallbacks.length} run eagerly, ${calls.disagreements.length} differ from eager ones.`,
    ...Object.entries(reasonsOf(suite, true)).map(([part, reason]) => `- ${part}: ${reason}`),
  );
}
