/** A split in which each row is held out once or never, and trained on in all other folds. */
import { checkFold } from './check-fold.ts';
import type { Split } from './split.ts';

/**
 * @param assignment the fold of each row, or -1 for a row that is never held out: [rows]
 * @param names of the folds; their numbers by default
 */
export function partition(assignment: Int32Array, count: number, names = numbers(count)): Split {
  const total = assignment.length;
  /** Rows of no fold, then those of each fold, then all again: what a fold trains on is the stretch between its two. */
  const laps = new Int32Array(2 * total);
  let starts: Int32Array | undefined;
  return {
    count,
    names,
    codes: [{ name: 'fold', values: assignment }],
    rows: (fold) => {
      checkFold(fold, count);
      if (!starts) {
        starts = sortByFold(assignment, count, laps);
        laps.copyWithin(total, 0, starts[count]); // Without the last fold, whose stretch ends before it.
      }
      const [start, end] = [starts[fold + 1]!, starts[fold + 2]!];
      return { train: laps.subarray(end, total + start), valid: laps.subarray(start, end) };
    },
  };
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, fold) => String(fold));

/**
 * All folds read their rows from the one list: to write one for each takes longer, most of it for getting the memory.
 *
 * @param rows filled from its start: [at least rows]
 * @returns where the rows of no fold begin, those of each fold, and where the last one's end: [count + 2]
 */
function sortByFold(assignment: Int32Array, count: number, rows: Int32Array): Int32Array {
  const starts = new Int32Array(count + 2);
  for (let row = 0; row < assignment.length; row++) starts[assignment[row]! + 2]!++;
  for (let fold = 1; fold < starts.length; fold++) starts[fold]! += starts[fold - 1]!;
  const places = starts.slice();
  for (let row = 0; row < assignment.length; row++) rows[places[assignment[row]! + 1]!++] = row;
  return starts;
}

/** The rows whose code is wanted, ascending. */
export function rowsWhere(codes: Int32Array, isWanted: (code: number) => boolean): Int32Array {
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (isWanted(codes[row]!)) count++;
  const rows = new Int32Array(count);
  for (let row = 0, found = 0; found < count; row++) if (isWanted(codes[row]!)) rows[found++] = row;
  return rows;
}
