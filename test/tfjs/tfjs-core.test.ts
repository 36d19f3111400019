import { fork } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleSuite } from './bundle-suite.ts';
import type { SuiteMode, SuiteReport } from './run-suite.ts';
import { leftOut, untraceable } from './untraceable.ts';

/** In a process of its own: jasmine takes over the globals of vitest. */
async function runSuite(bundle: string, mode: SuiteMode): Promise<SuiteReport> {
  const child = fork(bundle, [mode], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
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

let eager: SuiteReport;
let compiled: SuiteReport;
beforeAll(async () => {
  const bundle = await bundleSuite();
  eager = await runSuite(bundle, 'eager');
  compiled = await runSuite(bundle, 'compiled');
});

describe("tfjs-core's own test suite on the TensorFlow engine", () => {
  it('passes, but for what tfjs-node leaves out', () => {
    expect(eager.failed).toEqual([]);
  });

  it('runs all of it, on TensorFlow', () => {
    expect(eager.passed).toBeGreaterThanOrEqual(3878);
    expect(eager.skipped).toBeLessThanOrEqual(352);
    expect(eager.operations).toBeGreaterThan(25_000);
  });
});

describe("tfjs-core's own test suite with each kernel compiled", () => {
  it('passes what passes eagerly, but for the specs that are left out', () => {
    expect(compiled.failed).toEqual([]);
    // Each part of a name stands for one spec that is there.
    expect(eager.passed - compiled.passed).toBe(Object.keys(leftOut).length);
  });

  it('gives what the eager kernels give', () => {
    expect(compiled.calls!.disagreements).toEqual([]);
  });

  it('compiles nearly all calls, of nearly all kernels', () => {
    const counts = Object.values(compiled.calls!.compiled);
    expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThan(29_000);
    expect(counts.length).toBeGreaterThanOrEqual(151);
  });

  it('runs eagerly what it cannot know the shape of, and nothing else', () => {
    const { fallbacks } = compiled.calls!;
    expect([...new Set(fallbacks.map(({ kernel }) => kernel))].sort()).toEqual(
      Object.keys(untraceable).sort(),
    );
    for (const { error } of fallbacks)
      expect(error).toContain('gives a tensor whose shape depends on values');
  });
});
