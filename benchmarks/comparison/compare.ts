/** Puts the runs of each engine together, and sets ours beside the best of the peers. */
import { median } from './median.ts';
import type { Measured } from './turns.ts';

/** A quantity of which less is better: the least of all runs, or their median. */
export interface Quantity {
  name: string;
  of: 'least' | 'median';
  /** Whether ours is set beside the peers'. */
  ratio?: boolean;
}

export interface EngineRuns {
  engine: string;
  precision: string;
  runs: number;
  values: Record<string, number>;
}

export interface Compared {
  /** In the order of their first runs: ours first. */
  engines: EngineRuns[];
  /**
   * Ours by that of the peer that is best in it; below 1, ours needs less. Only what both sides measured, and undefined
   * where no peer ran.
   */
  ratio: Record<string, number> | undefined;
}

export function compare(measured: readonly Measured[], quantities: readonly Quantity[]): Compared {
  const byEngine = new Map<string, Measured[]>();
  for (const one of measured) {
    const key = `${one.engine} ${one.precision}`;
    byEngine.set(key, [...(byEngine.get(key) ?? []), one]);
  }
  const together = [...byEngine.values()].map((runs) => {
    const { engine, precision, ours } = runs[0]!;
    const values: Record<string, number> = {};
    for (const { name, of } of quantities) {
      const all = runs.flatMap((run) => run.values[name] ?? []);
      if (all.length > 0) values[name] = of === 'least' ? Math.min(...all) : median(all);
    }
    return { ours, runs: { engine, precision, runs: runs.length, values } };
  });
  const engines = together.map(({ runs }) => runs);
  const ours = together.find((one) => one.ours)!.runs;
  const peers = together.filter((one) => !one.ours).map(({ runs }) => runs);
  const ratio: Record<string, number> = {};
  for (const { name } of quantities.filter((quantity) => quantity.ratio)) {
    const own = ours.values[name];
    const theirs = peers.flatMap(({ values }) => values[name] ?? []);
    if (own !== undefined && theirs.length > 0) ratio[name] = own / Math.min(...theirs);
  }
  return { engines, ratio: peers.length > 0 ? ratio : undefined };
}
