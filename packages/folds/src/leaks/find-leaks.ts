/** Finds rows that belong together but are on two sides of a fold: what is learnt of the one gives the other away. */
import type { Split } from '../split/split.ts';

export interface Leak {
  /** The place in the list of groups. */
  group: number;
  /** The first fold in which it is torn apart, with a row that is trained on there and one that is held out. */
  fold: number;
  train: number;
  valid: number;
}

/**
 * @param groups lists of rows that belong together
 * @returns one leak for each group that a fold tears apart, by group
 */
export function findLeaks(split: Split, groups: readonly ArrayLike<number>[]): Leak[] {
  const leaks = new Map<number, Leak>();
  const side = new Uint8Array(split.codes[0]!.values.length);
  for (let fold = 0; fold < split.count; fold++) {
    const { train, valid } = split.rows(fold);
    side.fill(0);
    for (const row of train) side[row] = 1;
    for (const row of valid) side[row] = 2;
    groups.forEach((rows, group) => {
      if (leaks.has(group)) return;
      const on = (which: number) =>
        Array.prototype.find.call(rows, (row: number) => side[row] === which) as number | undefined;
      const [seen, held] = [on(1), on(2)];
      if (seen !== undefined && held !== undefined)
        leaks.set(group, { group, fold, train: seen, valid: held });
    });
  }
  return [...leaks.values()].sort((a, b) => a.group - b.group);
}
