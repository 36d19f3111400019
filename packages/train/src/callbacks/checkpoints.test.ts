import { expect, it } from 'vitest';
import type { TrainingStore } from '../keep/training-store.ts';
import type { TrainingTensors } from '../keep/training-tensors.ts';
import { newTrainingState } from '../trainer/training-state.ts';
import { checkpoints } from './checkpoints.ts';

const tensors = {
  weights: () => new Map(),
  moments: () => Promise.resolve(new Map()),
} as unknown as TrainingTensors;

/** What is written: at which step, and whether with weights and moments. */
function watched(every?: number) {
  const written: [step: number, weights: boolean, moments: boolean][] = [];
  const store: Pick<TrainingStore, 'write'> = {
    write: ({ state, weights, moments }) => {
      written.push([state.step, weights !== undefined, moments !== undefined]);
      return Promise.resolve();
    },
  };
  return { written, callback: checkpoints(store, tensors, { every }) };
}

const moment = { state: newTrainingState(), epoch: 1, epochs: 2, steps: 6 };
const epoch = (number: number) => ({ epoch: number, loss: 1, seconds: 1 });

it('keeps a training after each epoch, without what nobody needs after the last one', async () => {
  const { written, callback } = watched();
  const best = (number: number) => ({ epoch: number, score: 1, chosenBy: [] });
  await callback.afterEpoch!({
    ...moment,
    state: { ...moment.state, step: 3, epochs: [epoch(1)], best: best(1) },
  });
  const done = { ...moment.state, step: 6, epochs: [epoch(1), epoch(2)] };
  await callback.afterEpoch!({ ...moment, state: { ...done, best: best(1) } });
  await callback.afterEpoch!({ ...moment, state: { ...done, best: best(2) } });
  expect(written).toEqual([
    [3, true, true],
    [6, false, false],
    [6, true, false],
  ]);
});

it('keeps a long epoch in between, and a training that is stopped where a step was done since', async () => {
  const at = (step: number) => ({ ...moment, state: { ...moment.state, step } });
  const rare = watched(1000);
  await rare.callback.afterStep!(at(1), 0);
  expect(rare.written).toEqual([]);
  await rare.callback.whenStopped!(at(0));
  expect(rare.written).toEqual([]);
  await rare.callback.whenStopped!(at(2));
  await rare.callback.whenStopped!(at(2));
  expect(rare.written).toEqual([[2, true, true]]);

  const frequent = watched(0);
  await frequent.callback.afterStep!(at(1), 0);
  expect(frequent.written).toEqual([[1, true, true]]);
});
