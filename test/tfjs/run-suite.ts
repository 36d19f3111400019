/**
 * Runs the specs of one of TensorFlow.js's test suites, with jasmine, and sends a SuiteReport to its parent process. Its
 * argument is a `Mode`: `cpu` is TensorFlow.js's plain backend, `eager` and `compiled` run on the engine, the latter with
 * each kernel as a function of its own.
 */
import { startEngine, tf } from '@foldwise/tensorflow';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import Jasmine from 'jasmine';
import { compileKernels, type KernelCalls } from './compiled-kernels.ts';
import type { Mode } from './suites.ts';
import { watchEntries, type Left } from './watch-entries.ts';

export interface SuiteReport {
  /** Full names of specs. */
  passed: string[];
  failed: { name: string; message: string }[];
  /** Specs that the suite itself leaves out. */
  skipped: string[];
  /** Operations that the binding ran: where the backend did not start, tfjs would quietly test another one. */
  operations: number;
  /** Of an eager run: how often each kernel was called, and which of them left something behind. */
  watched?: Record<string, number>;
  left?: Left;
  /** Of a compiled run. */
  calls?: KernelCalls;
}

const mode = process.argv[2] as Mode | 'xla'; // by XLA, some calls of each kernel
const report: SuiteReport = { passed: [], failed: [], skipped: [], operations: 0 };
const runner = new Jasmine({});
runner.loadConfig({ spec_files: [], random: false });
runner.exitOnCompletion = false;
runner.clearReporters();
runner.addReporter({
  specDone({ status, fullName, failedExpectations }) {
    if (status === 'passed') report.passed.push(fullName);
    else if (status === 'failed')
      report.failed.push({ name: fullName, message: failedExpectations[0]?.message ?? '' });
    else report.skipped.push(fullName);
  },
  jasmineDone() {
    process.send!(report, () => process.exit(0));
  },
});

const backendName = mode === 'cpu' ? 'cpu' : 'tensorflow';
if (mode === 'cpu') await tf.setBackend('cpu');
else {
  await startEngine({ engine: 'tensorflow' });
  countOperations();
  allowSavedResults();
}
if (mode === 'eager') Object.assign(report, watchEntries());
if (mode === 'compiled' || mode === 'xla') report.calls = compileKernels(mode === 'xla');
// One name for all backends, so that the names of specs are the same.
setTestEnvs([{ name: 'test-tensorflow', backendName, flags: {}, isDataSync: true }]);
// Not a static import: the suite makes its specs for the environments that are set by then.
await import('./specs.ts');
jasmine.DEFAULT_TIMEOUT_INTERVAL = 120_000;
await runner.execute();

function countOperations(): void {
  const { binding } = tf.backend() as unknown as { binding: { executeOp: (...args: unknown[]) => unknown } };
  const executeOp = binding.executeOp.bind(binding);
  binding.executeOp = (...args) => {
    report.operations++;
    return executeOp(...args);
  };
}

/**
 * TensorFlow.js counts the data ids of what runs under test. An operation with a gradient of its own may have saved its
 * result before it gave it another shape, which makes a second tensor of the same memory here (the plain backend has one
 * for both); it goes with the gradient. Kernels are checked.
 */
function allowSavedResults(): void {
  type Check = (name: string, before: number, outputs: unknown[]) => void;
  const engine = tf.engine() as unknown as { checkKernelForMemLeak: Check };
  const check = engine.checkKernelForMemLeak.bind(engine);
  engine.checkKernelForMemLeak = (name, ...rest) => {
    const kernel = tf.getKernel(name, tf.getBackend()) as tf.KernelConfig | undefined;
    if (kernel) check(name, ...rest);
  };
}
