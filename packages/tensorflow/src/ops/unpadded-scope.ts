/**
 * Whether a batch's texts follow one another without padding between them ("unpadding", as in ModernBERT, Warner et al.
 * 2024): ambient, as `trainWith` is, since tfjs's functional models hand nothing on to their layers.
 */
import type { tf } from '../tf.ts';
import { usesKernels } from './kernels.ts';

export interface UnpaddedTexts {
  /** int32 [texts + 1]: each text's first row, then the end of the last one. Rows behind it belong to no text. */
  starts: tf.Tensor1D;
  /** int32 [1, rows]: each row's place in its text, from 0. */
  positions: tf.Tensor2D;
  /** Tokens of the longest text. */
  longest: number;
}

let current: UnpaddedTexts | undefined;

/** The texts of the batch that `withUnpadded` runs; undefined where batches are padded. */
export function unpaddedTexts(): UnpaddedTexts | undefined {
  return current;
}

/** Whether `withUnpadded` can be used: operations on such batches need this package's own kernels. */
export function canUnpad(): boolean {
  return usesKernels();
}

/** Runs `body`, whose layers get hidden states [1, rows, hidden] in place of [texts, tokens, hidden]. */
export function withUnpadded<R>(texts: UnpaddedTexts, body: () => R): R {
  const outer = current;
  current = texts;
  try {
    return body();
  } finally {
    current = outer;
  }
}
