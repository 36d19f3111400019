/**
 * Runs tfjs-core's own test suite, with jasmine, on the TensorFlow engine, and sends a SuiteReport to its parent
 * process. What tfjs-node leaves out is left out here as well, by the list in that package's own runner. With the
 * argument `compiled`, every kernel runs as a function of its own.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { startEngine, tf } from '@foldwise/tensorflow';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import Jasmine from 'jasmine';
import { compileKernels, type KernelCalls } from './compiled-kernels.ts';
import { leftOut } from './untraceable.ts';

export type SuiteMode = 'eager' | 'compiled';

export interface SuiteReport {
  passed: number;
  failed: { name: string; message: string }[];
  /** Specs that tfjs-node's list or the suite itself leaves out. */
  skipped: number;
  /** Operations that the binding ran: where the backend did not start, tfjs would quietly test another one. */
  operations: number;
  /** Of a compiled run. */
  calls?: KernelCalls;
}

const mode = process.argv[2] as SuiteMode;
const ignored = [...ignoreList(), ...(mode === 'compiled' ? Object.keys(leftOut) : [])];
const report: SuiteReport = { passed: 0, failed: [], skipped: 0, operations: 0 };
const runner = new Jasmine({});
runner.loadConfig({ spec_files: [], random: false });
runner.exitOnCompletion = false;
runner.clearReporters();
runner.addReporter({
  specDone({ status, fullName, failedExpectations }) {
    if (status === 'passed') report.passed++;
    else if (status === 'failed')
      report.failed.push({ name: fullName, message: failedExpectations[0]?.message ?? '' });
    else report.skipped++;
  },
  jasmineDone() {
    process.send!(report, () => process.exit(0));
  },
});

await startEngine({ engine: 'tensorflow' });
countOperations();
if (mode === 'compiled') report.calls = compileKernels();
setTestEnvs([{ name: 'test-tensorflow', backendName: 'tensorflow', flags: {}, isDataSync: true }]);
// Not a static import: the suite makes its specs for the environments that are set by then.
await import('@tensorflow/tfjs-core/dist/tests.js');
jasmine.getEnv().configure({
  specFilter: (spec) => !ignored.some((part) => spec.getFullName().includes(part)),
});
await runner.execute();

function countOperations(): void {
  const { binding } = tf.backend() as unknown as { binding: { executeOp: (...args: unknown[]) => unknown } };
  const executeOp = binding.executeOp.bind(binding);
  binding.executeOp = (...args) => {
    report.operations++;
    return executeOp(...args);
  };
}

/** IGNORE_LIST of tfjs-node's run_tests.js, which gives the reason of each entry: parts of full names of specs. */
function ignoreList(): string[] {
  const file = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/dist/run_tests.js');
  const literal = /var IGNORE_LIST = (\[.*?\n\]);/s.exec(readFileSync(file, 'utf8'))?.[1];
  if (!literal) throw new Error(`${file} has no IGNORE_LIST; expected the runner of tfjs-node 4.22.`);
  return runInNewContext(literal) as string[];
}
