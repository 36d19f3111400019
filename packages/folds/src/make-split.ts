/** Makes the split of a competition's train rows that a pipeline asks for. */
import { joinTexts, nearDuplicates, type Competition, type FoldSettings, type Task } from '@foldwise/data';
import type { Split } from './split/split.ts';
import { splitters } from './splitters/splitters.ts';

/** What a split is made of; `extra` has the columns that the settings and the manifest name. */
export interface SplitSource {
  manifest: { task: Task; columns: Pick<Competition['manifest']['columns'], 'group'> };
  train: Pick<Competition['train'], 'ids' | 'targets' | 'extra'>;
  /** Rows whose texts are nearly the same; used where the settings say that they stay together. */
  duplicates?: readonly (readonly number[])[] | undefined;
}

/**
 * As `splitRows`, with the near-duplicates of the texts where the settings ask for them.
 *
 * @throws as `splitRows`
 */
export async function makeSplit(settings: FoldSettings, { manifest, train }: Competition): Promise<Split> {
  const duplicates = settings.groupDuplicates ? await nearDuplicates(joinTexts(train.texts)) : undefined;
  return splitRows(settings, { manifest, train, duplicates });
}

/**
 * The same for the same rows and settings, on every platform and in any order of the rows.
 *
 * @throws Error for folds that cannot be made of these rows, and for a column that is not there
 */
export function splitRows(settings: FoldSettings, { manifest, train, duplicates }: SplitSource): Split {
  const { ids, targets, extra } = train;
  return splitters[settings.kind](
    {
      task: manifest.task,
      ids,
      targets,
      group: settings.group ?? manifest.columns.group,
      duplicates,
      column(name) {
        const cells = extra[name];
        if (cells === undefined) throw new Error(`the column "${name}" was not loaded`);
        return cells;
      },
    },
    settings,
  );
}
