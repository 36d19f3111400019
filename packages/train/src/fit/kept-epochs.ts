/** How many epochs are kept of a training that is not done. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFile } from './epoch-store-state.ts';

/** Reads at once, for a process that is about to end. @param folder that of `FitFoldOptions.keep` */
export function keptEpochs(folder: string): number {
  try {
    const state = JSON.parse(readFileSync(join(folder, stateFile), 'utf8')) as { epochs: unknown[] };
    return state.epochs.length;
  } catch {
    return 0;
  }
}
