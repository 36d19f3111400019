/** Describes a split for people: how large the folds are, how alike their labels, and what to beware of. */
import type { Task } from '@foldwise/data';
import type { Split } from '../split/split.ts';

export interface FoldDescription {
  /** What `labels` holds the mean or the share of: target columns, or the classes of multi-class and ordinal tasks. */
  names: string[];
  /** One for each fold, then one for all rows. */
  parts: {
    /** The fold's number; undefined for all rows. */
    fold: number | undefined;
    /** What people call it; "all" for all rows. */
    name: string;
    /** Rows that it trains on, and that it holds out. */
    train: number;
    rows: number;
    /** Of the held-out rows: the mean of each target (the share of ones, for labels), or each class's share: [names]. */
    labels: number[];
    /** Of regression: below which values a twentieth, a quarter, a half and so on of the held-out rows lie: [targets][5]. */
    quantiles?: number[][];
  }[];
  /** Rows that no fold holds out: their predictions are nowhere in `oof.csv`. */
  neverHeldOut: number;
  /** Classes with fewer rows than there are folds, one sentence each. */
  warnings: string[];
}

/** @param labels the targets [targets][rows], their column names, and the classes of multi-class and ordinal tasks */
export function describeFolds(
  split: Split,
  {
    targets,
    columns,
    task,
    classes,
  }: {
    targets: readonly Float64Array[];
    columns: readonly string[];
    task: Task;
    classes?: readonly string[] | undefined;
  },
): FoldDescription {
  const names = [...(classes ?? columns)];
  const total = targets[0]!.length;
  const indicators = classes
    ? classes.map((_, c) => Float64Array.from(targets[0]!, (label) => Number(label === c)))
    : targets;
  const isHeldOut = new Uint8Array(total);
  const parts: FoldDescription['parts'] = split.names.map((name, fold) => {
    const { train, valid } = split.rows(fold);
    for (const row of valid) isHeldOut[row] = 1;
    const labels = indicators.map(
      (values) => valid.reduce((sum, row) => sum + values[row]!, 0) / valid.length,
    );
    const quantiles = task === 'regression' ? targets.map((target) => quantilesOf(target, valid)) : undefined;
    return { fold, name, train: train.length, rows: valid.length, labels, ...(quantiles && { quantiles }) };
  });
  parts.push({
    fold: undefined,
    name: 'all',
    train: total,
    rows: total,
    labels: indicators.map((v) => sum(v) / total),
    ...(task === 'regression' && {
      quantiles: targets.map((target) => quantilesOf(target, Int32Array.from(target.keys()))),
    }),
  });
  const heldOut = isHeldOut.reduce((rows, is) => rows + is, 0);
  const warnings =
    task === 'regression'
      ? []
      : indicators.flatMap((values, i) => scarce(names[i]!, values, split.count, classes !== undefined));
  return { names, parts, neverHeldOut: total - heldOut, warnings };
}

/** As R's type 1: each is the value of a row. */
function quantilesOf(values: Float64Array, rows: Int32Array): number[] {
  const sorted = Float64Array.from(rows, (row) => values[row]!).sort();
  return [0.05, 0.25, 0.5, 0.75, 0.95].map(
    (share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!,
  );
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** A class, or for 0/1 labels either value, with too few rows to be in every fold. */
function scarce(name: string, values: Float64Array, k: number, isClass: boolean): string[] {
  const ones = sum(values);
  const counts: [string, number][] = [[isClass ? `class "${name}"` : `"${name}" = 1`, ones]];
  if (!isClass) counts.push([`"${name}" = 0`, values.length - ones]);
  return counts
    .filter(([, rows]) => rows < k)
    .map(
      ([what, rows]) => `${what} has ${rows} row${rows === 1 ? '' : 's'} for ${k} folds: some folds lack it`,
    );
}
