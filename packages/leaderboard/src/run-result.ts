/** What the leaderboard knows of a run or an ensemble: numbers of its records, no predictions. */

export interface RunResult {
  name: string;
  kind: 'run' | 'ensemble';
  /** The configuration, as JSON; runs whose configurations differ in the seed alone are one group. */
  config: Readonly<Record<string, unknown>>;
  seed?: number | undefined;
  /** Only runs of the same folds can be paired. */
  foldsHash: string;
  /** On all out-of-fold predictions together. */
  score: number;
  /** Of each fold, in order; empty where they are not known. */
  foldScores: readonly number[];
  /** Held-out rows of a fold for each row that it trains on: 1 / (k - 1) for k folds. */
  heldOutRatio: number;
  /** Of training, all folds together. */
  seconds?: number | undefined;
  peakMemoryBytes?: number | undefined;
  parameters?: number | undefined;
  /** On Kaggle's leaderboard. */
  public?: number | undefined;
  private?: number | undefined;
}
