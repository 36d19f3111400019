/** Lays texts one after another, without padding between them. */

export interface UnpaddedBatch {
  /** [total]: the texts' token ids, then padding. */
  ids: Int32Array;
  /** [total]: each token's place in its text, from 0; 0 for padding. */
  positions: Int32Array;
  /** [size + 1]: where each text starts, then the end of the last one. */
  starts: Int32Array;
  /** [size, length]: 1 for tokens and 0 for the rest, as if the texts were padded. */
  mask: Int32Array;
}

export interface UnpadOptions {
  /** Texts, with those that only fill up: each of these is one token of padding. */
  size: number;
  /** Tokens of a text at most. */
  length: number;
  /** Tokens of all texts at most. */
  total: number;
  /** The tokenizer's padding token. */
  padId: number;
}

/**
 * The texts `rows` of `ids`, in that order. @throws if a text has more than `length` tokens, or all have more than
 * `total`, or there are more than `size`
 */
export function unpadBatch(
  ids: readonly Int32Array[],
  rows: ArrayLike<number>,
  { size, length, total, padId }: UnpadOptions,
): UnpaddedBatch {
  const batch: UnpaddedBatch = {
    ids: new Int32Array(total).fill(padId),
    positions: new Int32Array(total),
    starts: new Int32Array(size + 1),
    mask: new Int32Array(size * length),
  };
  const filler = Int32Array.of(padId);
  let at = 0;
  for (let i = 0; i < Math.max(size, rows.length); i++) {
    const text = i < rows.length ? ids[rows[i]!]! : filler;
    if (i >= size || text.length > length || at + text.length > total)
      throw new Error(
        `${rows.length} texts, the ${i + 1}. of ${text.length} tokens after ${at} others, do not fit into ${size} of ${length} and ${total} together`,
      );
    batch.ids.set(text, at);
    for (let position = 0; position < text.length; position++) batch.positions[at + position] = position;
    batch.mask.fill(1, i * length, i * length + text.length);
    at += text.length;
    batch.starts[i + 1] = at;
  }
  return batch;
}
