/** Lays rows of token ids into one rectangle, padded on the right. */

/** Token ids and attention mask (1 for a token, 0 for padding), each row-major `[rows, length]`. */
export interface PaddedBatch {
  ids: Int32Array;
  mask: Int32Array;
}

/**
 * @param ids every text's token ids
 * @param rows which of them, in the order wanted
 * @param length to pad to, in tokens
 * @param padId the tokenizer's padding token
 * @throws if a row has more than `length` tokens
 */
export function padBatch(
  ids: readonly Int32Array[],
  rows: ArrayLike<number>,
  length: number,
  padId: number,
): PaddedBatch {
  const padded = new Int32Array(rows.length * length).fill(padId);
  const mask = new Int32Array(rows.length * length);
  for (let i = 0; i < rows.length; i++) {
    const row = ids[rows[i]!];
    if (!row) throw new Error(`There is no row ${rows[i]}: ${ids.length} texts were given`);
    if (row.length > length)
      throw new Error(`Row ${rows[i]} has ${row.length} tokens, more than the batch's length of ${length}`);
    padded.set(row, i * length);
    mask.fill(1, i * length, i * length + row.length);
  }
  return { ids: padded, mask };
}
