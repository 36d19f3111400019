/** What a function tells while it works. */
import type { FitProgress } from '@foldwise/train';

/** A training, step by step. */
export interface FoldProgress extends FitProgress {
  /** `retraining`: of a fold that was gone, to reproduce a submission. */
  kind: 'training' | 'retraining';
  run: string;
  fold: number;
  /** How many folds the run has. */
  folds: number;
}

/** Rows that are encoded. */
export interface RowProgress {
  kind: 'encoding';
  done: number;
  total: number;
  /** Undefined before the first row. */
  rowsPerSecond?: number;
  secondsLeft?: number;
}

/** Anything else that takes long, such as a download. */
export interface WorkProgress {
  kind: 'work';
  /** Such as `near-duplicates`. */
  what: string;
  done: number;
  /** 0 where it is not known. */
  total: number;
}

export type Progress = FoldProgress | RowProgress | WorkProgress;

/** How a caller follows and stops what a function does. */
export interface Listeners {
  /** Aborting rejects with the signal's reason, soon; what was whole by then stays. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Hears what a person should know, a sentence or two at a time. */
  onNote?: (text: string) => void;
}
