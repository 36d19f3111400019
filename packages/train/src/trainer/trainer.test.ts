import { describe, expect, it } from 'vitest';
import type { Callback } from './callback.ts';
import { Trainer, type TrainerOptions } from './trainer.ts';
import { newTrainingState } from './training-state.ts';

interface Batch {
  tokens: number;
  name: string;
}

/** Two epochs of two batches, of 10 and 5 tokens; losses 1, 2, 3, 4. What happens goes into `log`. */
function training(more: Partial<TrainerOptions<Batch>> = {}) {
  const log: string[] = [];
  const state = newTrainingState();
  const callback: Callback = {
    beforeStep: ({ epoch, steps }) => log.push(`before step ${state.step} of ${steps}, epoch ${epoch}`),
    afterStep: (_, loss) => void log.push(`loss ${loss}`),
    endOfEpoch: (_, { epoch, loss }) => void log.push(`epoch ${epoch} ends with ${loss}`),
    afterEpoch: () => void log.push(`${state.epochs.length} done`),
    whenStopped: () => void log.push(`stopped at ${state.step}, position ${state.position}`),
  };
  const trainer = new Trainer<Batch>({
    step: {
      run: async ({ name }, step, rate) => {
        log.push(`${name} at ${rate}`);
        await Promise.resolve();
        return step + 1;
      },
    },
    loader: {
      epoch: (epoch) => ({
        steps: 2,
        batch: (i) => ({ name: `batch ${epoch}.${i}`, tokens: i === 0 ? 10 : 5 }),
      }),
    },
    schedule: (step, steps) => step / steps,
    epochs: 2,
    callbacks: [callback],
    ...more,
  });
  return { trainer, state, log, callback };
}

const first = ['before step 0 of 4, epoch 1', 'batch 1.0 at 0', 'loss 1', 'before step 1 of 4, epoch 1', 'batch 1.1 at 0.25', 'loss 2', 'epoch 1 ends with 1.5', '1 done']; // prettier-ignore
const second = ['before step 2 of 4, epoch 2', 'batch 2.0 at 0.5', 'loss 3', 'before step 3 of 4, epoch 2', 'batch 2.1 at 0.75', 'loss 4', 'epoch 2 ends with 3.5', '2 done']; // prettier-ignore

describe('Trainer', () => {
  it('steps over all batches of all epochs, and calls its callbacks in between', async () => {
    const { trainer, state, log } = training();
    await trainer.run(state);
    expect(log).toEqual([...first, ...second]);
    expect(state).toMatchObject({ step: 4, position: 0, lossSum: 0, tokens: 30 });
    expect(state.epochs.map(({ epoch, loss }) => [epoch, loss])).toEqual([
      [1, 1.5],
      [2, 3.5],
    ]);
  });

  it('goes on where its state is: within an epoch, and at the end of one', async () => {
    const { trainer, state, log } = training();
    Object.assign(state, { step: 1, position: 1, lossSum: 1, tokens: 10 });
    await trainer.run(state);
    expect(log).toEqual([...first.slice(3), ...second]);
    const ended = training();
    Object.assign(ended.state, { step: 2, position: 2, lossSum: 3, tokens: 15 });
    await ended.trainer.run(ended.state);
    expect(ended.log).toEqual([...first.slice(6), ...second]);
    expect(ended.state.tokens).toBe(30);
  });

  it('tells its callbacks when it is stopped between two steps', async () => {
    const abort = new AbortController();
    const { state, log, callback } = training();
    const stops = {
      ...callback,
      afterStep: () => {
        if (state.step === 3) abort.abort(new Error('enough'));
      },
    };
    const { trainer } = training({ signal: abort.signal, callbacks: [stops] });
    await expect(trainer.run(state)).rejects.toThrow('enough');
    expect(log.at(-1)).toBe('stopped at 3, position 1');
  });

  it('ends with the error of a batch that cannot be assembled, once the step under way is done', async () => {
    let isRunning = false;
    const run = async () => {
      isRunning = true;
      await new Promise((resolve) => setTimeout(resolve, 20));
      isRunning = false;
      throw new Error('the step failed, too');
    };
    const batch = (i: number) => {
      if (i === 1) throw new Error('row 7 has no tokens');
      return { name: 'first', tokens: 1 };
    };
    const loader = { epoch: () => ({ steps: 2, batch }) };
    const { trainer, state } = training({ step: { run }, loader });
    await expect(trainer.run(state)).rejects.toThrow('row 7 has no tokens');
    expect(isRunning).toBe(false);
  });

  it('is not kept where a step failed, for its weights may be of the next one', async () => {
    const abort = new AbortController();
    const run = () => {
      abort.abort();
      return Promise.reject(new Error('no memory'));
    };
    const { log, callback } = training();
    const { trainer, state } = training({ step: { run }, signal: abort.signal, callbacks: [callback] });
    await expect(trainer.run(state)).rejects.toThrow('no memory');
    expect(log.filter((line) => line.startsWith('stopped'))).toEqual([]);
  });
});
