/** A split: which rows each training sees, and which rows it is judged on. */

/** In no particular order; not to be changed, as folds share their memory. */
export interface FoldRows {
  /** Rows that the model is trained on. */
  train: Int32Array;
  /** Rows that the model has not seen and that are predicted. */
  valid: Int32Array;
  /** Of nested folds: rows of neither kind, which choose the epoch. Elsewhere the held-out rows choose it. */
  choose?: Int32Array;
}

export interface Split {
  /** How many folds there are, each a training; they are numbered from 0. */
  count: number;
  /** What people call each fold, such as "2", "repeat 1, fold 2", or a group: [count] */
  names: readonly string[];
  /**
   * What the split comes down to, a whole number for each row: in which fold it is held out, or -1 for never; of
   * repeated and nested folds several of them. Together with `rule` it tells splits apart.
   */
  codes: readonly { name: string; values: Int32Array }[];
  /** How the codes are read where not as "trained on in all folds but its own". */
  rule?: string;
  /** Worked out when asked for, as all folds together may be large. @throws Error for a fold that does not exist */
  rows: (fold: number) => FoldRows;
}
