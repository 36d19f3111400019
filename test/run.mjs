/** Runs every test and closes with one line, `N passed, N failed`, counted from vitest's JSON report. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const report = fileURLToPath(new URL('report.json', import.meta.url));
rmSync(report, { force: true });
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: ['ignore', 'inherit', 'inherit'], cwd: fileURLToPath(new URL('..', import.meta.url)) },
);

let counts = { passed: 0, failed: 1, pending: 0 };
try {
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  // A file that does not load has no tests to fail, but is a failure.
  counts = {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0),
    pending: numPendingTests,
  };
} catch {
  console.error('vitest left no report: it did not start, or it was stopped.');
}
if (counts.pending > 0) console.log(`${counts.pending} skipped`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = status === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
