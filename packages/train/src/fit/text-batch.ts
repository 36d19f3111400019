/** A batch as the compiled functions take it: padded to a full number of rows, so that shapes are few. */
import { padBatch } from '@foldwise/tokens';

export interface Batch {
  /** Rows, with those that only fill it up. */
  size: number;
  /** Tokens of a row, with padding. */
  length: number;
  /** [size, length] */
  ids: Int32Array;
  /** [size, length], 1 for tokens and 0 for padding. */
  mask: Int32Array;
  /** [size, label columns] */
  labels: Float32Array;
  /** [size], 1 for rows and 0 for those that fill up. */
  weights: Float32Array;
}

/**
 * `rows` index into `tokens` and `targets` ([columns][rows]); the batch is filled up to `size` rows by the first row,
 * whose copies weigh nothing.
 */
export function textBatch(
  rows: Int32Array,
  {
    size,
    length,
    tokens,
    padId,
    targets,
  }: {
    size: number;
    length: number;
    tokens: readonly Int32Array[];
    padId: number;
    targets: readonly Float64Array[];
  },
): Batch {
  const filled = Int32Array.from({ length: size }, (_, i) => rows[i] ?? rows[0]!);
  const columns = targets.length;
  const labels = new Float32Array(size * columns);
  filled.forEach((row, i) =>
    targets.forEach((target, column) => (labels[i * columns + column] = target[row]!)),
  );
  return {
    size,
    length,
    ...padBatch(tokens, filled, length, padId),
    labels,
    weights: Float32Array.from({ length: size }, (_, i) => (i < rows.length ? 1 : 0)),
  };
}
