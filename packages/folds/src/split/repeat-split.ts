/** Repeated folds: several splits of the same rows, one after the other. */
import { checkFold } from './check-fold.ts';
import type { Split } from './split.ts';

/** @param repeats splits of the same rows, whose folds are numbered on from one to the next */
export function repeatSplit(repeats: readonly Split[]): Split {
  const folds = repeats.flatMap((split, r) =>
    split.names.map((name, fold) => ({ split, fold, name: `repeat ${r}, fold ${name}` })),
  );
  return {
    count: folds.length,
    names: folds.map(({ name }) => name),
    codes: repeats.flatMap(({ codes }, r) =>
      codes.map(({ name, values }) => ({ name: `repeat-${r}-${name}`, values })),
    ),
    rule: JSON.stringify(['repeated', ...repeats.map(({ rule }) => rule ?? null)]),
    rows: (number) => {
      checkFold(number, folds.length);
      const { split, fold } = folds[number]!;
      return split.rows(fold);
    },
  };
}
