/** What a split keeps even: the stratum of each row, or labels of which rows have several. */
import type { Task } from '@foldwise/data';
import { quantileBins } from './quantile-bins.ts';

/**
 * The stratum of each row: its class, its combination of labels, or the quantile bin of its number.
 *
 * @param targets one array for each target column: [targets][rows]
 * @returns [rows]
 * @throws Error for a regression with several targets, which have no common order
 */
export function strata(targets: readonly Float64Array[], task: Task): ArrayLike<number> {
  const [first] = targets;
  if (first === undefined) throw new Error('expected one or more target columns, got none');
  if (task === 'multi-label') return combinations(targets);
  if (task !== 'regression') return first;
  if (targets.length > 1)
    throw new Error(
      `stratified folds need one numeric target, got ${targets.length}: use folds of the kind "multi-label" or "k-fold"`,
    );
  return quantileBins(first);
}

/** Numbers the combinations of labels in their sorted order, in which neighbours share their first labels. */
function combinations(targets: readonly Float64Array[]): Int32Array {
  let numbers = new Int32Array(targets[0]!.length);
  let count = 1;
  for (const target of targets) {
    const pairs = numbers.map((number, row) => 2 * number + target[row]!);
    const places = new Int32Array(2 * count);
    for (const pair of pairs) places[pair] = 1;
    count = 0;
    places.forEach((isThere, pair) => (places[pair] = isThere ? count++ : -1));
    numbers = pairs.map((pair) => places[pair]!);
  }
  return numbers;
}

/**
 * The labels whose shares a split by iterative stratification or by groups evens out.
 *
 * @param targets one array for each target column: [targets][rows]
 * @returns 0 or 1 for each row: of multi-label tasks the labels themselves, of regression the quantile bins of each
 * target, of other tasks the classes: [labels][rows]
 */
export function labelColumns(targets: readonly Float64Array[], task: Task): Uint8Array[] {
  if (task === 'multi-label') return targets.map((target) => Uint8Array.from(target));
  const numbers = task === 'regression' ? targets.map(quantileBins) : targets;
  return numbers.flatMap((classes: ArrayLike<number>) =>
    [...new Set(Array.from(classes))]
      .sort((a, b) => a - b)
      .map((c) => Uint8Array.from(classes, (other) => Number(other === c))),
  );
}
