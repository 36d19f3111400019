/** Runs a bundled suite in a process of its own: jasmine takes over the globals, and the engine is one a process. */
import { fork } from 'node:child_process';
import type { SuiteReport } from './run-suite.ts';
import type { Mode } from './suites.ts';

/** What it reported. @throws if it ends without a report. */
export function forkSuite(bundle: string, mode: Mode | 'xla'): Promise<SuiteReport> {
  const child = fork(bundle, [mode], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  let errors = '';
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('message', (report) => resolve(report as SuiteReport));
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(
        new Error(`The suite ${bundle} ended with ${signal ?? code} and no report:\n${errors.slice(-2000)}`),
      ),
    );
  });
}
