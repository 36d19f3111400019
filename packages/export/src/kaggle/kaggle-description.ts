/** What `foldwise.json` of an export for Kaggle holds: all that the script beside it must know. */
import type { OutputTask } from '@foldwise/heads';

export interface KaggleDescription {
  format: 1;
  /** The competition's. */
  title: string;
  /** The run, or the ensemble. */
  name: string;
  task: OutputTask;
  /** Names within the competition's folder. */
  files: { test: string; sample: string };
  /** The columns of text; several are joined by the separator for a model that does not take them as a pair. */
  text: string[];
  separator: string;
  /** Of the test file; null where its rows are in the sample's order. */
  testId: string | null;
  sampleId: string;
  target: string[];
  /** What each column of the sample holds: the ids, a target or a class. */
  holds: string[];
  /** Multi-class and ordinal: the classes in the order of the outputs. */
  classes: string[] | null;
  /** Binary and multi-label: what the sample has for 0 and 1, where these are names. */
  names: string[] | null;
  /** Multi-class: how many classes the sample ranks in a cell, and what stands between them. */
  lists: { separator: string; most: number } | null;
  /** Binary: the classes that the sample has a column for each of. */
  twoClasses: string[] | null;
  /** Whether labels are submitted where probabilities might be. */
  decides: boolean;
  runs: KaggleRun[];
  /** Of runs' predictions; null for one run alone. */
  blend: LinearBlend | null;
  /** What is done to the predictions before they are submitted, in order. */
  postProcessing: { kind: string; parameters: Record<string, unknown> }[];
  /** On the out-of-fold predictions. */
  score: { metric: string; value: number | null };
}

export interface KaggleRun {
  name: string;
  /** The folder of each fold's model; the run's predictions are the mean of theirs. */
  folds: string[];
}

/** weights: [runs][columns]; intercepts: [columns]. */
export interface LinearBlend {
  weights: number[][];
  intercepts: number[];
}
