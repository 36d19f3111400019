/** A split in which each row is held out once or never, and trained on in all other folds. */
import { checkFold } from './check-fold.ts';
import type { FoldRows, Split } from './split.ts';

/**
 * @param assignment the fold of each row, or -1 for a row that is never held out: [rows]
 * @param names of the folds; their numbers by default
 */
export function partition(assignment: Int32Array, count: number, names = numbers(count)): Split {
  const sizes = sizesOf(assignment, count);
  return {
    count,
    names,
    codes: [{ name: 'fold', values: assignment }],
    rows: (fold) => {
      checkFold(fold, count);
      return twoSides(assignment, fold, sizes[fold]!);
    },
  };
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, fold) => String(fold));

/** How many rows each fold holds out. */
function sizesOf(assignment: Int32Array, count: number): Int32Array {
  const sizes = new Int32Array(count + 1); // The first is of the rows that are never held out.
  for (let row = 0; row < assignment.length; row++) sizes[assignment[row]! + 1]!++;
  return sizes.subarray(1);
}

function twoSides(assignment: Int32Array, fold: number, size: number): FoldRows {
  const valid = new Int32Array(size);
  const train = new Int32Array(assignment.length - size);
  for (let row = 0, v = 0, t = 0; row < assignment.length; row++)
    if (assignment[row] === fold) valid[v++] = row;
    else train[t++] = row;
  return { train, valid };
}

/** The rows whose code is wanted, ascending. */
export function rowsWhere(codes: Int32Array, isWanted: (code: number) => boolean): Int32Array {
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (isWanted(codes[row]!)) count++;
  const rows = new Int32Array(count);
  for (let row = 0, found = 0; found < count; row++) if (isWanted(codes[row]!)) rows[found++] = row;
  return rows;
}
