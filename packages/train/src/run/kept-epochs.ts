/** How many epochs are kept of a fold that is not done. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFile } from '../fit/epoch-store-state.ts';
import { epochsFolder } from './epochs-folder.ts';

/** Reads at once, for a process that is about to end. */
export function keptEpochs(folder: string, fold: number): number {
  try {
    const state = JSON.parse(readFileSync(join(epochsFolder(folder, fold), stateFile), 'utf8'));
    return (state as { epochs: unknown[] }).epochs.length;
  } catch {
    return 0;
  }
}
