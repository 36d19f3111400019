/** Which columns of the train file a pipeline's folds are made of, besides ids, texts and targets. */
import type { FoldSettings } from './fold-settings.ts';

/** @returns their names, for `loadCompetition`; the manifest's own group is always loaded */
export function splitColumns({
  group,
  time,
  column,
}: Pick<FoldSettings, 'group' | 'time' | 'column'>): string[] {
  return [group, time, column].filter((name) => name !== undefined);
}
