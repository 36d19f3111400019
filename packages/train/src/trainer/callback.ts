/** What takes part in a training without being the loop: evaluation, checkpoints, progress and the like. */
import type { EpochRecord, TrainingState } from './training-state.ts';

/** Where a training is. */
export interface Moment {
  /** It changes as the training goes on. */
  state: TrainingState;
  /** The epoch under way, from 1. */
  epoch: number;
  epochs: number;
  /** Steps of all epochs together. */
  steps: number;
}

/**
 * Each hook is awaited, in the order of the callbacks. One that throws ends the training. Weights may be read in all of
 * them, for no step runs.
 */
export interface Callback {
  beforeStep?: (moment: Moment) => void;
  /** @param loss of the step: the mean over its rows, before its update */
  afterStep?: (moment: Moment, loss: number) => void | Promise<void>;
  /** The epoch's steps are done, and it counts as done once all of these are: for what belongs to it, such as its score. */
  endOfEpoch?: (moment: Moment, record: EpochRecord) => void | Promise<void>;
  /** The epoch is among those of the state. */
  afterEpoch?: (moment: Moment) => void | Promise<void>;
  /** The training was stopped between two steps, or in a hook of the end of an epoch. */
  whenStopped?: (moment: Moment) => void | Promise<void>;
}
