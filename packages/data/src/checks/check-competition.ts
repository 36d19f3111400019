/** Looks through a competition's files for all that can be wrong with them, also what takes longer than a start may. */
import { loadFiles, type FurtherColumn } from '../competition/load-competition.ts';
import type { NearDuplicatesOptions } from '../near-duplicates/near-duplicates.ts';
import { Warnings, type WarningKind } from '../problems/warnings.ts';
import { duplicateWarnings } from './duplicate-warnings.ts';
import { rareClassWarnings } from './rare-class-warnings.ts';
import { textWarnings } from './text-warnings.ts';

export interface CheckOptions extends NearDuplicatesOptions {
  /** How many folds there are. */
  k: number;
  /** Further columns of the train file that must be there. */
  extra?: readonly FurtherColumn[];
}

export interface CheckedCompetition {
  files: { path: string; rows: number; columns: number }[];
  warnings: WarningKind[];
}

/**
 * @param folder the folder that holds `competition.json`
 * @throws Error as `loadCompetition`, with all that makes the files unusable
 */
export async function checkCompetition(
  folder: string,
  { k, extra, ...duplicates }: CheckOptions,
): Promise<CheckedCompetition> {
  const warnings = new Warnings();
  const loaded = await loadFiles(folder, extra, warnings);
  const { competition, trainFile, testFile, sampleFile } = loaded;
  rareClassWarnings(loaded, k, warnings);
  const texts = [competition.manifest.columns.text].flat();
  textWarnings(trainFile, texts, warnings);
  textWarnings(testFile, texts, warnings);
  await duplicateWarnings(loaded, warnings, duplicates);
  return {
    files: [trainFile, testFile, sampleFile].map(({ path, lines, header }) => ({
      path,
      rows: lines.length,
      columns: header.length,
    })),
    warnings: warnings.list(),
  };
}
