/** A batch as the compiled training step takes it: padded to a full number of rows, so that shapes are few. */
import type { PlannedBatch } from './planned-batch.ts';
import { textInputs, type TextInputs } from './text-inputs.ts';

export interface Batch extends TextInputs {
  /** Rows, with those that only fill it up. */
  size: number;
  /** Tokens of a row, with padding. */
  length: number;
  /** [size, label columns] */
  labels: Float32Array;
  /** [size], 1 for rows and 0 for those that fill up. */
  weights: Float32Array;
}

/**
 * The rows of `plan` index into `tokens` and `targets` ([columns][rows]); rows that fill up have the labels of the first
 * one, and weigh nothing.
 */
export function textBatch(
  plan: PlannedBatch,
  {
    tokens,
    padId,
    targets,
  }: { tokens: readonly Int32Array[]; padId: number; targets: readonly Float64Array[] },
): Batch {
  const { rows, size, length } = plan;
  const columns = targets.length;
  const labels = new Float32Array(size * columns);
  for (let i = 0; i < size; i++)
    targets.forEach((target, column) => (labels[i * columns + column] = target[rows[i] ?? rows[0]!]!));
  return {
    size,
    length,
    ...textInputs(plan, tokens, padId),
    labels,
    weights: Float32Array.from({ length: size }, (_, i) => (i < rows.length ? 1 : 0)),
  };
}
