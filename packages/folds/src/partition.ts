/** A split in which each row is held out once or never, and trained on in all other folds. */
import { checkFold } from './check-fold.ts';
import type { Split } from './split.ts';

/**
 * @param assignment the fold of each row, or -1 for a row that is never held out: [rows]
 * @param names of the folds; their numbers by default
 */
export function partition(assignment: Int32Array, count: number, names = numbers(count)): Split {
  return {
    count,
    names,
    codes: [{ name: 'fold', values: assignment }],
    rows: (fold) => {
      checkFold(fold, count);
      return {
        train: rowsWhere(assignment, (code) => code !== fold),
        valid: rowsWhere(assignment, (code) => code === fold),
      };
    },
  };
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, fold) => String(fold));

/** The rows whose code is wanted, ascending. */
export function rowsWhere(codes: Int32Array, isWanted: (code: number) => boolean): Int32Array {
  const rows = new Int32Array(codes.length);
  let found = 0;
  for (let row = 0; row < codes.length; row++) if (isWanted(codes[row]!)) rows[found++] = row;
  return rows.slice(0, found);
}
