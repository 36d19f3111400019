/** Which texts go through a model together, and in which shape. */

export interface PlannedBatch {
  /** Indices into the texts; at least one, at most `size`. */
  rows: Int32Array;
  /** Texts that go through the model: some only fill it up, so that shapes are few. */
  size: number;
  /** Tokens of a text at most. */
  length: number;
  /** Of all texts, which then follow one another without padding; undefined where each is padded to `length`. */
  total?: number | undefined;
}

/** The tokens of the rows, with those of the texts that only fill up (`unpadBatch`). */
export function tokensOf(rows: Int32Array, size: number, lengths: ArrayLike<number>): number {
  return rows.reduce((sum, row) => sum + lengths[row]!, size - rows.length);
}
