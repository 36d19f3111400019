/** Loads a competition's manifest and files, and checks all that can be checked before anything is trained. */
import { Warnings } from './checks/warnings.ts';
import type { Competition } from './competition.ts';
import { loadFiles } from './load-files.ts';

/**
 * @param folder the folder that holds `competition.json`
 * @param extra further columns of the train file that are wanted
 * @throws Error with one line a problem of any file, as `file:line, column "x": what`; up to 20 of each kind of one file,
 * then how many more
 */
export async function loadCompetition(folder: string, extra: readonly string[] = []): Promise<Competition> {
  return (await loadFiles(folder, extra, new Warnings())).competition;
}
