/** Describes a split for people: how large the folds are, how alike their labels, and what to beware of. */
import type { Task } from '@foldwise/data';

export interface FoldDescription {
  /** What `labels` holds the mean or the share of: target columns, or the classes of multi-class and ordinal tasks. */
  names: string[];
  /** One for each fold, then one for all rows. */
  parts: {
    /** The fold's number; undefined for all rows. */
    fold: number | undefined;
    rows: number;
    /** The mean of each target (the share of ones, for labels), or the share of each class: [names]. */
    labels: number[];
  }[];
  /** Classes with fewer rows than there are folds, one sentence each. */
  warnings: string[];
}

/**
 * @param assignment the fold of each row: [rows]
 * @param labels the targets [targets][rows], their column names, and the classes of multi-class and ordinal tasks
 */
export function describeFolds(
  assignment: Int32Array,
  k: number,
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
  const indicators = classes
    ? classes.map((_, c) => Float64Array.from(targets[0]!, (label) => Number(label === c)))
    : targets;
  const part = (fold: number | undefined) => {
    const isIn = (row: number): boolean => fold === undefined || assignment[row] === fold;
    const means = indicators.map((values) => mean(values.filter((_, row) => isIn(row))));
    return { fold, rows: assignment.filter((_, row) => isIn(row)).length, labels: means };
  };
  const folds = Array.from({ length: k }, (_, fold) => part(fold));
  const warnings =
    task === 'regression'
      ? []
      : indicators.flatMap((values, i) => scarce(names[i]!, values, k, classes !== undefined));
  return { names, parts: [...folds, part(undefined)], warnings };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const mean = (values: Float64Array): number => sum(values) / values.length;

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
