/** A batch with its labels. */
import type { Batch } from '@foldwise/tokens';

/** What the compiled training step takes. */
export interface LabelledBatch extends Omit<Batch, 'entries' | 'rows'> {
  /** [size, label columns] */
  labels: Float32Array;
  /** [size], 1 for entries and 0 for those that fill up. */
  weights: Float32Array;
}

/**
 * @param targets [columns][rows], by the batch's rows; what fills up has the labels of the first one, and weighs nothing
 */
export function labelledBatch(batch: Batch, targets: readonly Float64Array[]): Batch & LabelledBatch {
  const { rows, size } = batch;
  const columns = targets.length;
  const labels = new Float32Array(size * columns);
  for (let i = 0; i < size; i++)
    targets.forEach((target, column) => (labels[i * columns + column] = target[rows[i] ?? rows[0]!]!));
  return {
    ...batch,
    labels,
    weights: Float32Array.from({ length: size }, (_, i) => (i < rows.length ? 1 : 0)),
  };
}
