/** How far a training is after an epoch, beside its weights. */
import type { FittedFold } from '../fit-fold.ts';

export interface TrainingProgress {
  /** Those that are done. */
  epochs: FittedFold['epochs'];
  /** Steps done. */
  steps: number;
  /** Real tokens (no padding) trained on. */
  tokens: number;
  /** Of all processes together. */
  seconds: FittedFold['seconds'];
  /** The best epoch so far and its predictions for the rows that choose it; undefined while none was scored. */
  best?: { epoch: number; score: number; chosenBy: Float64Array[] };
}
