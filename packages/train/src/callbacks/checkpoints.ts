/** Keeps a training on disk, so that another process goes on from there to the same bits. */
import type { TrainingStore } from '../keep/training-store.ts';
import type { TrainingTensors } from '../keep/training-tensors.ts';
import type { Callback, Moment } from '../trainer/callback.ts';

/** The most that a process which is killed within a long epoch loses. */
const mostSeconds = 600;

/** After each epoch, every ten minutes, and where the training is stopped. Comes after all that changes the state. */
export function checkpoints(
  store: Pick<TrainingStore, 'write'>,
  tensors: TrainingTensors,
  { every = mostSeconds }: { every?: number } = {},
): Callback {
  let last = { step: 0, time: performance.now() };
  const keep = async ({ state, epochs }: Moment): Promise<void> => {
    const isDone = state.epochs.length === epochs;
    // Of a training that is done, the best epoch is all that is needed any more.
    const needsWeights = !isDone || state.best?.epoch === epochs;
    await store.write({
      state,
      weights: needsWeights ? tensors.weights() : undefined,
      moments: isDone ? undefined : await tensors.moments(),
    });
    last = { step: state.step, time: performance.now() };
  };
  return {
    afterStep: async (moment) => {
      if (performance.now() - last.time >= 1000 * every) await keep(moment);
    },
    afterEpoch: keep,
    whenStopped: async (moment) => {
      if (moment.state.step > last.step) await keep(moment);
    },
  };
}
