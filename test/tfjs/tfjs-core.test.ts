import { beforeAll, describe, expect, it } from 'vitest';
import { bundleSuite } from './bundle-suite.ts';
import { unexplained } from './failing.ts';
import { forkSuite } from './fork-suite.ts';
import type { SuiteReport } from './run-suite.ts';
import { unexplainedCalls } from './unexplained-calls.ts';
import { differing, untraceable } from './untraceable.ts';

let eager: SuiteReport;
let compiled: SuiteReport;
beforeAll(async () => {
  const bundle = await bundleSuite('tfjs-core');
  eager = await forkSuite(bundle, 'eager');
  compiled = await forkSuite(bundle, 'compiled');
});

describe("tfjs-core's own test suite on the TensorFlow engine", () => {
  it('passes, but for what has a reason', () => {
    expect(unexplained(eager, 'tfjs-core', false)).toEqual([]);
  });

  it('runs all of it, on TensorFlow', () => {
    expect(eager.passed.length).toBeGreaterThanOrEqual(4184);
    expect(eager.skipped.length).toBeLessThanOrEqual(5);
    expect(eager.operations).toBeGreaterThan(25_000);
  });

  it('leaves nothing behind in any kernel', () => {
    expect(eager.left).toEqual({});
    expect(Object.keys(eager.watched!).length).toBeGreaterThanOrEqual(170);
  });
});

describe("tfjs-core's own test suite with each kernel compiled", () => {
  it('passes what passes eagerly, but for what has a reason', () => {
    expect(unexplained(compiled, 'tfjs-core', true)).toEqual([]);
  });

  it('gives what the eager kernels give, and runs nothing eagerly but for what has a reason', () => {
    const { fallbacks, disagreements } = compiled.calls!;
    const kernelsOf = (calls: { kernel: string }[]) => [...new Set(calls.map(({ kernel }) => kernel))].sort();
    expect(unexplainedCalls(compiled.calls!)).toEqual([]);
    expect(kernelsOf(fallbacks)).toEqual(Object.keys(untraceable).sort());
    expect(kernelsOf(disagreements)).toEqual(Object.keys(differing));
  });

  it('compiles nearly all calls, of nearly all kernels', () => {
    const counts = Object.values(compiled.calls!.compiled);
    expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThan(30_000);
    expect(counts.length).toBeGreaterThanOrEqual(158);
  });
});
