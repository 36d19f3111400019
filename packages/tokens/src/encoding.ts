/** A text, or a pair of texts, as a model reads it. */

export interface Encoding {
  /** [tokens]: token ids, special tokens included. */
  ids: Int32Array;
  /** [tokens]: token types, such as 1 for the second text of BERT's pairs; absent where all are 0. */
  types?: Uint8Array;
  /** Which row of a table it is of: a row may have several. */
  row: number;
}
