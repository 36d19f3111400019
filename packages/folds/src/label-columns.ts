/** The labels whose shares a split by iterative stratification or by groups evens out. */
import type { Task } from '@foldwise/data';
import { quantileBins } from './quantile-bins.ts';

/**
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
