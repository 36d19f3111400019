/** How far a training is that is kept and not done. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFile, type StateFile } from './state-file.ts';

/**
 * Reads at once, for a process that is about to end.
 *
 * @param folder that of `FitFoldOptions.keep`
 * @returns the epochs that are done, and steps of the one under way; undefined where nothing is kept
 */
export function keptProgress(folder: string): { epochs: number; steps: number } | undefined {
  try {
    const { epochs, position } = JSON.parse(readFileSync(join(folder, stateFile), 'utf8')) as StateFile;
    return { epochs: epochs.length, steps: position };
  } catch {
    return undefined;
  }
}
