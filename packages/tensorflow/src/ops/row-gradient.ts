/**
 * Gradients of embedding tables in compiled functions: dense for everyone who asks, but with the rows that are not 0
 * beside them, so that an optimizer that knows them leaves the dense tensor alone, and TensorFlow never computes it.
 */
import type { GraphOutput } from '../c-api/c-api.ts';
import type { tf } from '../tf.ts';

export interface RowGradient {
  /** int32 [n]: the rows' places in the table, each once, then -1. */
  unique: GraphOutput;
  /** float32 [n, width]: their gradients, then zeros. */
  sums: GraphOutput;
}

const known = new WeakMap<object, RowGradient & { shape: readonly number[] }>();

/** Notes the rows of a dense gradient. */
export function noteRows(dense: tf.Tensor, rows: RowGradient): void {
  known.set(dense.dataId, { ...rows, shape: dense.shape });
}

/** The rows of a gradient, if it is that of an embedding lookup alone. */
export function rowsOf(gradient: tf.Tensor): RowGradient | undefined {
  const rows = known.get(gradient.dataId);
  // A reshaped tensor has the same data, but rows of another width.
  return rows && rows.shape.join() === gradient.shape.join() ? rows : undefined;
}
