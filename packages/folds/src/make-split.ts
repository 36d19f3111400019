/** Makes the split of a competition's train rows that a pipeline asks for. */
import { joinTexts, nearDuplicates, type Competition, type FoldSettings, type Task } from '@foldwise/data';
import { columnFolds } from './column-folds.ts';
import { groupKFold } from './group-k-fold.ts';
import { holdOut } from './hold-out.ts';
import { joinGroups } from './join-groups.ts';
import { kFold } from './k-fold.ts';
import { labelColumns } from './label-columns.ts';
import { leaveOneGroupOut } from './leave-one-group-out.ts';
import { multiLabelKFold } from './multi-label-k-fold.ts';
import { nestSplit } from './nest-split.ts';
import { parseTimes } from './parse-times.ts';
import { partition } from './partition.ts';
import { repeatSplit } from './repeat-split.ts';
import type { Split } from './split.ts';
import { strata } from './strata.ts';
import { stratifiedGroupKFold } from './stratified-group-k-fold.ts';
import { stratifiedKFold } from './stratified-k-fold.ts';
import { timeSeries } from './time-series.ts';

/** What a split is made of; `extra` has the columns that the settings and the manifest name. */
export interface SplitSource {
  manifest: { task: Task; columns: Pick<Competition['manifest']['columns'], 'group'> };
  train: Pick<Competition['train'], 'ids' | 'targets' | 'extra'>;
  /** Rows whose texts are nearly the same; used where the settings say that they stay together. */
  duplicates?: readonly (readonly number[])[] | undefined;
}

/** Rows that are dealt to folds. */
interface Dealt {
  ids: readonly string[];
  targets: readonly Float64Array[];
  /** What must stay together, where something must. */
  groups: readonly string[] | undefined;
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
  const { kind, k } = settings;
  const column = (name: string): string[] => {
    const cells = train.extra[name];
    if (cells === undefined) throw new Error(`the column "${name}" was not loaded`);
    return cells;
  };
  if (kind === 'column') return columnFolds(column(settings.column!), settings.column!, k);
  if (kind === 'time-series') {
    const { times, areDates } = parseTimes(column(settings.time!), settings.time!, train.ids);
    if (typeof settings.gap === 'string' && !areDates)
      throw new Error(
        `folds.gap is the time "${settings.gap}", but the column "${settings.time}" has numbers: expected a number of rows`,
      );
    return timeSeries(times, { ...settings, k: k! });
  }
  const group = settings.group ?? manifest.columns.group;
  if (group === undefined && ['group', 'stratified-group', 'leave-one-group-out'].includes(kind))
    throw new Error(
      `folds of the kind "${kind}" need a column of groups: expected its name in folds.group, or in columns.group of competition.json`,
    );
  if (kind === 'leave-one-group-out') return leaveOneGroupOut(column(group!), k);
  const isGrouped = group !== undefined && ['group', 'stratified-group', 'hold-out'].includes(kind);
  const groups = isGrouped ? column(group) : undefined;
  const together = settings.groupDuplicates ? joinGroups(groups ?? train.ids, duplicates ?? []) : groups;
  const dealt = { ids: train.ids, targets: train.targets, groups: together };
  const repeats = Array.from({ length: settings.repeats ?? 1 }, (_, repeat) =>
    dealAll({ ...settings, seed: (settings.seed + repeat) >>> 0 }, dealt, manifest.task),
  );
  return repeats.length === 1 ? repeats[0]! : repeatSplit(repeats);
}

function dealAll(settings: FoldSettings, dealt: Dealt, task: Task): Split {
  const { kind, k, inner, seed, share = 0.2 } = settings;
  if (kind === 'hold-out') return partition(dealHoldOut(dealt, task, share, seed), 1);
  const outer = assign(kind, dealt, task, k!, seed);
  if (inner === undefined) return partition(outer, k!);
  return nestSplit(outer, {
    count: k!,
    innerCount: inner,
    inner: (rows, fold) => assign(kind, pick(dealt, rows), task, inner, (seed + 1 + fold) >>> 0),
  });
}

function assign(
  kind: FoldSettings['kind'],
  { ids, targets, groups }: Dealt,
  task: Task,
  k: number,
  seed: number,
): Int32Array {
  const labels = () => labelColumns(targets, task);
  const equal = () => new Array<number>(k).fill(1 / k);
  if (groups)
    return kind === 'group' || kind === 'k-fold'
      ? groupKFold(groups, k, seed)
      : stratifiedGroupKFold(groups, labels(), equal(), seed);
  if (kind === 'k-fold') return kFold(ids, k, seed);
  if (kind === 'multi-label') return multiLabelKFold(ids, labels(), k, seed);
  return stratifiedKFold(ids, strata(targets, task), k, seed);
}

function dealHoldOut({ ids, targets, groups }: Dealt, task: Task, share: number, seed: number): Int32Array {
  if (groups)
    return stratifiedGroupKFold(groups, labelColumns(targets, task), [share, 1 - share], seed).map(
      (part) => -part,
    );
  // Several numbers have no common order.
  const isOrdered = task !== 'regression' || targets.length === 1;
  return holdOut(ids, isOrdered ? strata(targets, task) : new Uint8Array(ids.length), share, seed);
}

function pick({ ids, targets, groups }: Dealt, rows: Int32Array): Dealt {
  const at = (cells: readonly string[]): string[] => Array.from(rows, (row) => cells[row]!);
  return {
    ids: at(ids),
    targets: targets.map((target) => Float64Array.from(rows, (row) => target[row]!)),
    groups: groups && at(groups),
  };
}
