/** Puts runs together that differ in the seed of training alone. */
import type { RunResult } from './run-result.ts';

/** @returns groups in the order of their first runs; within, by seed */
export function groupBySeed(results: readonly RunResult[]): RunResult[][] {
  const groups = new Map<string, RunResult[]>();
  for (const result of results) {
    const key = result.kind === 'run' ? keyOf(result) : result.name;
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  for (const group of groups.values()) group.sort((a, b) => (a.seed ?? 0) - (b.seed ?? 0));
  return [...groups.values()];
}

function keyOf({ config, foldsHash }: RunResult): string {
  const training = { ...(config['training'] as object | undefined), seed: undefined };
  return JSON.stringify([foldsHash, inOrder({ ...config, training })]);
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
