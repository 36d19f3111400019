/** Reads what is known of one fold of a run. */
import { join } from 'node:path';
import type { FoldMetrics } from './fold-metrics.ts';
import { readJson } from './read-json.ts';

/** @returns undefined for a fold that is not done */
export function readFoldMetrics(runFolder: string, fold: number): Promise<FoldMetrics | undefined> {
  return readJson(join(runFolder, `fold-${fold}`, 'metrics.json'));
}
