/** Tells who watches how far a training is. */
import type { Callback } from '../trainer/callback.ts';

/** What a person watching wants to know; `step` and `steps` count over all epochs, or batches of predictions. */
export interface FitProgress {
  stage: 'tokens' | 'model' | 'training' | 'predicting';
  /** From 1. */
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  /** Mean training loss of the epoch's steps; undefined before its first one. */
  loss?: number;
  rowsPerSecond?: number;
  secondsLeft?: number;
}

/** @param batch rows of a step */
export function progressOf(tell: (progress: FitProgress) => void, batch: number): Callback {
  return {
    beforeStep: ({ state, epoch, epochs, steps }) => {
      const { step, position, lossSum, seconds } = state;
      tell({
        stage: 'training',
        epoch,
        epochs,
        step,
        steps,
        loss: position > 0 ? lossSum / position : undefined,
        rowsPerSecond: step > 0 ? (step * batch) / seconds.training : undefined,
        secondsLeft: step > 0 ? (seconds.training / step) * (steps - step) : undefined,
      });
    },
  };
}
