/** A split in which each row is held out once or never, and trained on in all other folds. */
import { checkFold } from './check-fold.ts';
import type { Split } from './split.ts';

/**
 * @param assignment the fold of each row, or -1 for a row that is never held out: [rows]
 * @param names of the folds; their numbers by default
 */
export function partition(assignment: Int32Array, count: number, names = numbers(count)): Split {
  const byFold = rowsByFold(assignment, count);
  return {
    count,
    names,
    codes: [{ name: 'fold', values: assignment }],
    rows: (fold) => {
      checkFold(fold, count);
      const valid = byFold[fold]!.slice();
      return { train: allBut(valid, assignment.length), valid };
    },
  };
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, fold) => String(fold));

/** The held-out rows of each fold, ascending. */
function rowsByFold(assignment: Int32Array, count: number): Int32Array[] {
  // Those of fold f start at f + 1: before them are those that are never held out.
  const starts = new Int32Array(count + 2);
  for (let row = 0; row < assignment.length; row++) starts[assignment[row]! + 2]!++;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const rows = new Int32Array(assignment.length);
  for (let row = 0; row < assignment.length; row++) rows[starts[assignment[row]! + 1]!++] = row;
  // Each start has moved on to the next.
  return Array.from({ length: count }, (_, fold) => rows.subarray(starts[fold], starts[fold + 1]));
}

/** The numbers below `end` that are not among some, all ascending. */
function allBut(left: Int32Array, end: number): Int32Array {
  const others = new Int32Array(end - left.length);
  let [row, found] = [0, 0];
  for (const next of left) {
    while (row < next) others[found++] = row++;
    row++;
  }
  while (row < end) others[found++] = row++;
  return others;
}

/** The rows whose code is wanted, ascending. */
export function rowsWhere(codes: Int32Array, isWanted: (code: number) => boolean): Int32Array {
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (isWanted(codes[row]!)) count++;
  const rows = new Int32Array(count);
  for (let row = 0, found = 0; found < count; row++) if (isWanted(codes[row]!)) rows[found++] = row;
  return rows;
}
