/** The scores without each row in turn (Quenouille 1949), and where rows are too many for that, without each of many parts. */
import type { ScoreCounter } from './score-counter.ts';

/** As many scores of as many rows take about a second. */
const MOST_GROUPS = 2000;
const PARTS = 200;

export interface Jackknife {
  /** What was left out is one row, or a part of the rows. */
  of: 'rows' | 'parts';
  /** Without one row of each group of alike rows, [groups]; or without each part, [parts]. */
  scores: Float64Array;
  /** How many rows each of them stands for. */
  sizes: Float64Array;
}

export function jackknife(counter: ScoreCounter): Jackknife {
  const { sizes, losses } = counter;
  if (losses) return { of: 'rows', scores: withoutLoss(counter), sizes };
  if (sizes.length <= MOST_GROUPS)
    return { of: 'rows', scores: sizes.map((_, group) => scoreWithout(counter, group)), sizes };
  const scores = new Float64Array(PARTS);
  for (let part = 0; part < PARTS; part++)
    scores[part] = counter.score(sizes.map((size, group) => (group % PARTS === part ? 0 : size)));
  return { of: 'parts', scores, sizes: new Float64Array(PARTS).fill(1) };
}

/** @returns the score of all rows but one of a group; NaN where that is none */
export function scoreWithout({ sizes, score }: ScoreCounter, group: number): number {
  const counts = sizes.slice();
  counts[group]!--;
  return sizes.length === 1 && counts[0] === 0 ? NaN : score(counts);
}

/** From the sums over all rows. */
function withoutLoss({ sizes, losses, weights }: ScoreCounter): Float64Array {
  const { columns, root } = losses!;
  const weight = (group: number): number => weights?.[group] ?? 1;
  const all = sizes.reduce((total, size, group) => total + size * weight(group), 0);
  const sums = columns.map((column) =>
    column.reduce((total, loss, group) => total + sizes[group]! * weight(group) * loss, 0),
  );
  return sizes.map((_, group) => {
    const means = columns.map(
      (column, c) => (sums[c]! - weight(group) * column[group]!) / (all - weight(group)),
    );
    return (
      means.reduce((total, mean) => total + (root ? Math.sqrt(Math.max(0, mean)) : mean), 0) / columns.length
    );
  });
}
