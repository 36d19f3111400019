/**
 * Scores the same rows many times, each counted more or less often, as resampling does. Rows that are alike are put
 * together, and a metric that is a mean over rows is worked out from what each contributes.
 */
import type { Columns } from '../metric.ts';
import { rowLosses, type RowLosses } from './row-losses.ts';
import type { ScoredRows } from './scored-rows.ts';

export interface ScoreCounter {
  /** The group of alike rows that each row is in, numbered by first appearance: [rows]. */
  groupOf: Uint32Array;
  /** How many rows each group has: [groups]. */
  sizes: Float64Array;
  /** The first row of each group: [groups]. */
  firstRows: Uint32Array;
  /** Of one row of each group: [columns][groups]; undefined where the metric is no mean over rows. */
  losses: RowLosses | undefined;
  /** The weight of one row of each group: [groups]; undefined where rows have none. */
  weights: Float64Array | undefined;
  /**
   * @param counts how often the rows of a group are there, whole numbers that are not all 0: [groups]
   * @returns NaN where the metric is not defined for these rows
   */
  score: (counts: Float64Array) => number;
}

export function scoreCounter(rows: ScoredRows): ScoreCounter {
  const { metric, weights: given } = rows;
  const { groupOf, firstRows } = groupAlike(rows);
  const sizes = new Float64Array(firstRows.length);
  groupOf.forEach((group) => sizes[group]!++);
  const pick = (column: Float64Array): Float64Array => Float64Array.from(firstRows, (row) => column[row]!);
  const [truth, predictions] = [rows.truth.map(pick), rows.predictions.map(pick)];
  const weights = given && pick(given);
  const losses = rowLosses({ metric, truth, predictions });
  let score: ScoreCounter['score'];
  if (losses) score = (counts) => meanLoss(losses, counts, weights);
  else if (metric.takesWeights)
    score = (counts) => {
      // Groups that are not there must not be seen at all: a class without rows is no class.
      const there = places(counts, (count) => Number(count > 0));
      return metric.score(
        at(truth, there),
        at(predictions, there),
        Float64Array.from(there, (group) => counts[group]! * (weights?.[group] ?? 1)),
      );
    };
  else
    score = (counts) => {
      const there = places(counts, (count) => count);
      return metric.score(at(truth, there), at(predictions, there));
    };
  return { groupOf, sizes, firstRows, losses, weights, score };
}

/** Each group as often as `times` says. */
function places(counts: Float64Array, times: (count: number) => number): Uint32Array {
  let length = 0;
  for (const count of counts) length += times(count);
  const result = new Uint32Array(length);
  let next = 0;
  counts.forEach((count, group) => {
    for (let left = times(count); left > 0; left--) result[next++] = group;
  });
  return result;
}

const at = (columns: Columns, groups: Uint32Array): Float64Array[] =>
  columns.map((column) => {
    const result = new Float64Array(groups.length);
    for (let i = 0; i < groups.length; i++) result[i] = column[groups[i]!]!;
    return result;
  });

function meanLoss({ columns, root }: RowLosses, counts: Float64Array, weights?: Float64Array): number {
  let total = 0;
  for (const column of columns) {
    let [sum, all] = [0, 0];
    for (let group = 0; group < counts.length; group++) {
      const weight = weights === undefined ? counts[group]! : counts[group]! * weights[group]!;
      sum += weight * column[group]!;
      all += weight;
    }
    total += root ? Math.sqrt(sum / all) : sum / all;
  }
  return total / columns.length;
}

/** Where few rows are alike, each is a group of its own. */
function groupAlike({
  truth,
  predictions,
  weights,
}: ScoredRows): Pick<ScoreCounter, 'groupOf' | 'firstRows'> {
  const columns = [...truth, ...predictions, ...(weights ? [weights] : [])];
  const rows = truth[0]!.length;
  const groups = new Map<string, number>();
  const groupOf = new Uint32Array(rows);
  const firstRows: number[] = [];
  for (let row = 0; row < rows; row++) {
    const key = columns.map((column) => column[row]!).join();
    let group = groups.get(key);
    if (group === undefined) {
      group = firstRows.push(row) - 1;
      groups.set(key, group);
    }
    groupOf[row] = group;
  }
  return { groupOf, firstRows: Uint32Array.from(firstRows) };
}
