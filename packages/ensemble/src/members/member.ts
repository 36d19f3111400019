/** The predictions of one run on some rows, as blending sees them: ids and numbers. */
export interface Member {
  /** The run's name, for errors. */
  name: string;
  /** The hash of the run's fold assignment. */
  foldsHash: string;
  /** Unique row ids, in any order: [rows]. */
  ids: readonly string[];
  /** Names of the predicted columns. */
  columns: readonly string[];
  /** [columns][rows] */
  predictions: readonly Float64Array[];
  /** The true values, where they are known, as for out-of-fold predictions: [targets][rows]. */
  targets?: readonly Float64Array[] | undefined;
}
