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

const known = new WeakMap<object, RowGradient>();

/** Notes the rows of a dense gradient. */
export function noteRows(dense: tf.Tensor, rows: RowGradient): void {
  known.set(dense.dataId, rows);
}

/** The rows of a gradient, if it is that of an embedding lookup alone. */
export function rowsOf(gradient: tf.Tensor): RowGradient | undefined {
  return known.get(gradient.dataId);
}
