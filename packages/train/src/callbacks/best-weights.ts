/** Keeps a copy of the best epoch's weights, to go back to. */
import type { tf } from '@foldwise/tensorflow';
import { weightSnapshot } from '../model/weight-snapshot.ts';
import type { Callback } from '../trainer/callback.ts';
import type { TrainingState } from '../trainer/training-state.ts';

export interface BestWeights extends Callback {
  /** Where a training goes on: what puts the best epoch's weights into the model. */
  remember: (putBack: (() => void) | undefined) => void;
  /** Puts the best epoch's weights into the model, which has those of the last one. */
  putBack: (state: TrainingState) => void;
}

/** Comes after the callback that tells which epoch is the best. */
export function bestWeights(model: tf.LayersModel): BestWeights {
  let best: (() => void) | undefined;
  return {
    endOfEpoch: async ({ state, epoch, epochs }) => {
      // Only a later epoch can make a copy necessary.
      if (state.best?.epoch === epoch && epoch < epochs) best = await weightSnapshot(model);
    },
    remember: (putBack) => (best = putBack),
    putBack: (state) => {
      if (state.best!.epoch !== state.epochs.length) best!();
    },
  };
}
