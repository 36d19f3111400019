/**
 * Whether layers train, and from which seed. tfjs's functional models do not hand `training` on to their layers, so
 * it is ambient: what `trainWith` runs trains, everything else predicts.
 */
import type { tf } from '../tf.ts';

export interface TrainingScope {
  /** Seed of the step, int32 [2]: the run's seed and the step's number. */
  seed: tf.Tensor1D;
  /** Number of the next random operation within the step. */
  nextOperation: () => number;
}

let current: TrainingScope | undefined;

/** The scope of the training step that is running or being traced; undefined in prediction. */
export function trainingScope(): TrainingScope | undefined {
  return current;
}

/** Runs `body` in training mode. `seed` is an int32 tensor [2], the same for the same dropout masks. */
export function trainWith<R>(seed: tf.Tensor1D, body: () => R): R {
  const outer = current;
  let operations = 0;
  current = { seed, nextOperation: () => operations++ };
  try {
    return body();
  } finally {
    current = outer;
  }
}
