/** Which fold of a run held each row out. */
import { join } from 'node:path';
import { readPredictions } from '../files/predictions.ts';

/**
 * @param run its folder, and the numbers of its done folds
 * @param ids of train rows: [rows]
 * @returns the fold whose model predicted the row without having seen it, the first where there are several: [rows]
 * @throws Error for a row that no fold held out
 */
export async function rowFolds(
  { folder, done }: { folder: string; done: readonly number[] },
  ids: readonly string[],
): Promise<Int32Array> {
  const foldOf = new Map<string, number>();
  for (const fold of done) {
    const held = await readPredictions(join(folder, `fold-${fold}`, 'oof.csv'));
    for (const id of held.ids) if (!foldOf.has(id)) foldOf.set(id, fold);
  }
  return Int32Array.from(ids, (id) => {
    const fold = foldOf.get(id);
    if (fold === undefined)
      throw new Error(
        `${folder}: none of fold-K/oof.csv has the row ${JSON.stringify(id)}; train its fold again with --again`,
      );
    return fold;
  });
}
