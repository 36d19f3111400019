/** How many trainings a split takes, as far as its settings tell. */
import type { FoldSettings } from './fold-settings.ts';

/** @returns undefined where only the data tells: leave-one-group-out and folds of a column, without k */
export function countFolds({
  kind,
  k,
  repeats = 1,
  inner = 1,
}: Pick<FoldSettings, 'kind' | 'k' | 'repeats' | 'inner'>): number | undefined {
  if (kind === 'hold-out') return repeats;
  return k === undefined ? undefined : k * repeats * inner;
}
