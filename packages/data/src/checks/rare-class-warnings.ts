/** Warns of classes that have fewer rows than there are folds, so that some fold cannot hold one. */
import type { LoadedFiles } from '../competition/load-competition.ts';
import type { Warnings } from '../problems/warnings.ts';

/** @param k how many folds there are */
export function rareClassWarnings(
  { competition, trainFile }: LoadedFiles,
  k: number,
  warnings: Warnings,
): void {
  const { train, manifest, classes } = competition;
  if (manifest.task === 'regression') return;
  const names = classes ?? ['0', '1'];
  train.targets.forEach((target, t) => {
    const counts = new Float64Array(names.length);
    for (const label of target) counts[label]!++;
    const column = JSON.stringify(manifest.columns.target[t]);
    counts.forEach((count, label) => {
      if (count < k)
        warnings.add(
          {
            title: 'classes with fewer rows than folds',
            advice: `There are ${k} folds: some hold no row of such a class, and its score there says nothing. Use fewer folds, or put rare classes together.`,
          },
          `${trainFile.path}, column ${column}: the class ${JSON.stringify(names[label])} has ${count} row${count === 1 ? '' : 's'}`,
        );
    });
  });
}
