/**
 * The rows that cost a score most: by their own loss where the metric is a mean over rows, else by how much better the
 * score is without the row.
 */
import { type Jackknife, scoreWithout } from './jackknife.ts';
import type { Columns } from '../metric.ts';
import { oneHot } from '../columns/one-hot.ts';
import { ranks } from '../sorting/ranks.ts';
import type { ScoreCounter } from './score-counter.ts';
import type { ScoredRows } from './scored-rows.ts';

/** Of more rows than can be left out one by one, as many whose predictions are furthest from the truth by rank. */
const CANDIDATES = 100;

export interface CostliestRows {
  /** What a cost is, in words. */
  what: string;
  /** Whether only the rows whose predictions are furthest from the truth by rank were looked at. */
  screened: boolean;
  /** By falling cost, then in their order; `alike` is how many rows have the same truth, predictions and so cost. */
  rows: { row: number; cost: number; alike: number }[];
}

/**
 * @param left the scores without single rows, or parts
 * @returns at most `count` rows, and none whose cost is 0 or less
 */
export function costliestRows(
  scored: ScoredRows,
  counter: ScoreCounter,
  left: Jackknife,
  count: number,
): CostliestRows {
  const { groupOf, sizes, losses, weights } = counter;
  const { metric } = scored;
  const higher = metric.direction === 'higher';
  let costs: (group: number) => number;
  let what = `how much better ${metric.name} is without the row`;
  let screened = false;
  let groups = Array.from(sizes.keys());
  if (losses) {
    const { columns } = losses;
    const mean = (group: number): number =>
      columns.reduce((total, column) => total + column[group]!, 0) / columns.length;
    costs = (group) => (weights?.[group] ?? 1) * (higher ? 1 - mean(group) : mean(group));
    what = `${higher ? '1 - ' : ''}${losses.what}${weights ? ', times its weight' : ''}`;
  } else {
    const all = counter.score(sizes);
    screened = left.of === 'parts';
    if (screened) {
      const far = distances(scored);
      groups = [
        ...new Set(
          Array.from(far.keys())
            .sort((a, b) => far[b]! - far[a]!)
            .map((row) => groupOf[row]!),
        ),
      ].slice(0, CANDIDATES);
    }
    const without = (group: number): number =>
      screened ? scoreWithout(counter, group) : left.scores[group]!;
    costs = (group) => (higher ? without(group) - all : all - without(group));
  }
  const found = groups
    .map((group) => ({ group, cost: costs(group) }))
    .filter(({ cost }) => cost > 0)
    .sort((a, b) => b.cost - a.cost || a.group - b.group)
    .slice(0, count);
  const rowsOf = new Map<number, number[]>(found.map(({ group }) => [group, []]));
  groupOf.forEach((group, row) => rowsOf.get(group)?.push(row));
  const rows = found.flatMap(({ group, cost }) =>
    rowsOf.get(group)!.map((row) => ({ row, cost, alike: sizes[group]! })),
  );
  return { what, screened, rows: rows.slice(0, count) };
}

/** Over the columns, how far the rank of each prediction is from that of its truth: [rows]. */
function distances({ truth, predictions }: ScoredRows): Float64Array {
  const targets: Columns =
    truth.length === predictions.length ? truth : oneHot(truth[0]!, predictions.length);
  const total = new Float64Array(truth[0]!.length);
  targets.forEach((target, c) => {
    const [t, p] = [ranks(target), ranks(predictions[c]!)];
    t.forEach((rank, row) => (total[row]! += Math.abs(rank - p[row]!)));
  });
  return total;
}
