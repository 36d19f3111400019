/**
 * What splitters share that deal rows to folds by a seed: near-duplicates and groups that stay together, repeats with
 * other seeds, and folds within folds.
 */
import type { FoldSettings } from '@foldwise/data';
import { joinGroups } from '../assignment/join-groups.ts';
import { nestSplit } from '../split/nest-split.ts';
import { partition } from '../split/partition.ts';
import { repeatSplit } from '../split/repeat-split.ts';
import type { Split } from '../split/split.ts';
import { groupsOf, type SplitRows, type Splitter } from './splitter.ts';

/** Rows to deal. */
export interface DealtRows extends Pick<SplitRows, 'task' | 'ids' | 'targets'> {
  /** What must stay together, where something must: [rows]. */
  groups: readonly string[] | undefined;
}

/**
 * @param grouping whether rows of a group stay together: never, where there is a column of groups, or always, for which
 * there must be one
 * @param split makes one split; its settings have the seed of the repeat
 */
export function dealt(
  grouping: 'never' | 'optional' | 'always',
  split: (rows: DealtRows, settings: FoldSettings) => Split,
): Splitter {
  return (rows, settings) => {
    const isGrouped = grouping === 'always' || (grouping === 'optional' && rows.group !== undefined);
    const column = isGrouped ? groupsOf(rows, settings) : undefined;
    const groups = settings.groupDuplicates ? joinGroups(column ?? rows.ids, rows.duplicates ?? []) : column;
    const repeats = Array.from({ length: settings.repeats ?? 1 }, (_, repeat) =>
      split({ ...rows, groups }, { ...settings, seed: (settings.seed + repeat) >>> 0 }),
    );
    return repeats.length === 1 ? repeats[0]! : repeatSplit(repeats);
  };
}

/**
 * As `dealt`, for folds of about the same size.
 *
 * @param assign the fold of each row, 0 to k - 1: [rows]
 */
export function dealtToFolds(
  grouping: Parameters<typeof dealt>[0],
  assign: (rows: DealtRows, k: number, seed: number) => Int32Array,
): Splitter {
  return dealt(grouping, (rows, { k, inner, seed }) => {
    const outer = assign(rows, k!, seed);
    if (inner === undefined) return partition(outer, k!);
    return nestSplit(outer, {
      count: k!,
      innerCount: inner,
      inner: (some, fold) => assign(pick(rows, some), inner, (seed + 1 + fold) >>> 0),
    });
  });
}

function pick({ task, ids, targets, groups }: DealtRows, rows: Int32Array): DealtRows {
  const at = (cells: readonly string[]): string[] => Array.from(rows, (row) => cells[row]!);
  return {
    task,
    ids: at(ids),
    targets: targets.map((target) => Float64Array.from(rows, (row) => target[row]!)),
    groups: groups && at(groups),
  };
}
