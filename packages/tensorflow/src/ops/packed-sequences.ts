/**
 * Whether a batch's sequences follow one another without padding between them ("unpadding", as in ModernBERT, Warner et al.
 * 2024): ambient, as `trainWith` is, since tfjs's functional models hand nothing on to their layers.
 */
import type { tf } from '../tf.ts';
import { usesKernels } from './kernels.ts';

export interface PackedSequences {
  /** int32 [sequences + 1]: each sequence's first row, then the end of the last one. Rows behind it belong to no sequence. */
  starts: tf.Tensor1D;
  /** int32 [1, rows]: each row's place in its sequence, from 0. */
  positions: tf.Tensor2D;
  /** Tokens of the longest sequence. */
  longest: number;
}

let current: PackedSequences | undefined;

/** The sequences of the batch that `withPackedSequences` runs; undefined where batches are padded. */
export function packedSequences(): PackedSequences | undefined {
  return current;
}

/** Whether `withPackedSequences` can be used: operations on such batches need this package's own kernels. */
export function canPackSequences(): boolean {
  return usesKernels();
}

/** Runs `body`, whose layers get hidden states [1, rows, hidden] in place of [sequences, tokens, hidden]. */
export function withPackedSequences<R>(sequences: PackedSequences, body: () => R): R {
  const outer = current;
  current = sequences;
  try {
    return body();
  } finally {
    current = outer;
  }
}
