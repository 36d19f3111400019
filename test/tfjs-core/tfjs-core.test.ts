import { fork } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleSuite } from './bundle-suite.ts';
import type { SuiteReport } from './run-suite.ts';

/** In a process of its own: jasmine takes over the globals of vitest. */
async function runSuite(): Promise<SuiteReport> {
  const child = fork(await bundleSuite(), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  let errors = '';
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(
        new Error(`tfjs-core's suite ended with ${signal ?? code} and no report:\n${errors.slice(-2000)}`),
      ),
    );
  });
}

describe("tfjs-core's own test suite on the TensorFlow engine", () => {
  let report: SuiteReport;
  beforeAll(async () => {
    report = await runSuite();
  });

  it('passes, but for what tfjs-node leaves out', () => {
    expect(report.failed).toEqual([]);
  });

  it('runs all of it, on TensorFlow', () => {
    expect(report.passed).toBeGreaterThanOrEqual(3878);
    expect(report.skipped).toBeLessThanOrEqual(352);
    expect(report.operations).toBeGreaterThan(25_000);
  });
});
