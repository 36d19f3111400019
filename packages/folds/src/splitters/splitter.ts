/** What a splitter is: it makes the split that a pipeline's settings ask for, of the rows that there are. */
import type { FoldSettings, Task } from '@foldwise/data';
import { ownGroups } from '../assignment/own-groups.ts';
import type { Split } from '../split/split.ts';

/** The same for the same rows and settings, on every platform and in any order of the rows; or an error that says why not. */
export type Splitter = (rows: SplitRows, settings: FoldSettings) => Split;

/** Rows as splitters see them. */
export interface SplitRows {
  task: Task;
  /** Unique: [rows]. */
  ids: readonly string[];
  /** [targets][rows] */
  targets: readonly Float64Array[];
  /** The column whose rows with the same value stay together: the settings' own, or else the manifest's. */
  group: string | undefined;
  /** Rows whose texts are nearly the same; used where the settings say that they stay together. */
  duplicates: readonly (readonly number[])[] | undefined;
  /** The cells of a column, [rows]. @throws Error for one that was not loaded */
  column: (name: string) => readonly string[];
}

/**
 * A row without a group is one of its own.
 *
 * @throws Error where neither the settings nor the manifest name a column of groups
 */
export function groupsOf({ ids, group, column }: SplitRows, { kind }: FoldSettings): readonly string[] {
  if (group === undefined)
    throw new Error(
      `folds of the kind "${kind}" need a column of groups: expected its name in folds.group, or in columns.group of competition.json`,
    );
  return ownGroups(column(group), ids);
}
