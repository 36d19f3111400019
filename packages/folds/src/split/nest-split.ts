/**
 * Nested folds: the training rows of each fold are split once more. Each inner fold is left out of one training, to
 * choose its epoch, so that the outer fold's rows judge a model that they had no part in choosing (Varma & Simon 2006,
 * "Bias in error estimation when using cross-validation for model selection").
 */
import { checkFold } from './check-fold.ts';
import { rowsWhere } from './partition.ts';
import type { Split } from './split.ts';

/**
 * @param assignment the outer fold of each row: [rows]
 * @param inner assigns rows, given by their indices, to `innerCount` folds
 */
export function nestSplit(
  assignment: Int32Array,
  {
    count,
    innerCount,
    inner,
  }: { count: number; innerCount: number; inner: (rows: Int32Array, outer: number) => Int32Array },
): Split {
  const inners = Array.from({ length: count }, (_, outer) => {
    const rows = rowsWhere(assignment, (fold) => fold !== outer);
    const values = new Int32Array(assignment.length).fill(-1);
    inner(rows, outer).forEach((fold, i) => (values[rows[i]!] = fold));
    return values;
  });
  const pairs = inners.flatMap((values, outer) =>
    Array.from({ length: innerCount }, (_, fold) => ({
      outer,
      fold,
      values,
      name: `${outer}, inner ${fold}`,
    })),
  );
  return {
    count: pairs.length,
    names: pairs.map(({ name }) => name),
    codes: [
      { name: 'fold', values: assignment },
      ...inners.map((values, outer) => ({ name: `inner-of-${outer}`, values })),
    ],
    rule: 'nested',
    rows: (number) => {
      checkFold(number, pairs.length);
      const { outer, fold, values } = pairs[number]!;
      return {
        train: rowsWhere(values, (code) => code >= 0 && code !== fold),
        valid: rowsWhere(assignment, (code) => code === outer),
        choose: rowsWhere(values, (code) => code === fold),
      };
    },
  };
}
