/** All that a training is at a step, beside its tensors: one value, which can be written down and read again. */

export interface EpochRecord {
  /** From 1. */
  epoch: number;
  /** The mean of its steps' losses. */
  loss: number;
  /** The metric on the rows that choose the epoch, where they were predicted. */
  score?: number;
  seconds: number;
}

export interface TrainingState {
  /** Epochs that are done, what was worked out at their ends included. */
  epochs: EpochRecord[];
  /** Steps done in all. */
  step: number;
  /** Of the epoch under way: its steps that are done, the sum of their losses, and the seconds that they took. */
  position: number;
  lossSum: number;
  epochSeconds: number;
  /** Real tokens (no padding) trained on. */
  tokens: number;
  /** Of all processes together. */
  seconds: { tokens: number; model: number; training: number; predicting: number };
  /** The best epoch so far and its predictions for the rows that choose it; undefined while none was scored. */
  best?: { epoch: number; score: number; chosenBy: Float64Array[] };
}

export function newTrainingState(): TrainingState {
  return {
    epochs: [],
    step: 0,
    position: 0,
    lossSum: 0,
    epochSeconds: 0,
    tokens: 0,
    seconds: { tokens: 0, model: 0, training: 0, predicting: 0 },
  };
}
