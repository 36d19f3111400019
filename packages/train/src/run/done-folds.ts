/** Which folds of a run are done. A fold's folder appears whole, so it is enough to look for its record. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** @returns the numbers of the done folds, ascending */
export function doneFolds(folder: string, k: number): number[] {
  return Array.from({ length: k }, (_, fold) => fold).filter((fold) =>
    existsSync(join(folder, `fold-${fold}`, 'metrics.json')),
  );
}
