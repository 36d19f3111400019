/** The training loop: it takes batches, steps, and calls its callbacks; nothing else (as gomlx's `Loop`). */
import type { Callback, Moment } from './callback.ts';
import type { Schedule } from './schedule.ts';
import type { TrainingState } from './training-state.ts';

export interface Step<Batch> {
  /** Updates the model on a batch. `step` counts from 0. Resolves to the batch's mean loss before the update. */
  run: (batch: Batch, step: number, learningRate: number) => Promise<number>;
}

export interface Loader<Batch> {
  /** The batches of an epoch (from 1): how many, and each when it is asked for. The same for the same epoch. */
  epoch: (epoch: number) => { steps: number; batch: (index: number) => Batch };
}

export interface TrainerOptions<Batch> {
  step: Step<Batch>;
  loader: Loader<Batch>;
  schedule: Schedule;
  epochs: number;
  callbacks: readonly Callback[];
  /** Aborting stops after the current step; `run` rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export class Trainer<Batch extends { tokens: number }> {
  readonly #options: TrainerOptions<Batch>;
  /** Whether the state tells where the weights are: not between the start of a step and its end. */
  #isWhole = true;

  constructor(options: TrainerOptions<Batch>) {
    this.#options = options;
  }

  /**
   * Trains from where `state` is until all epochs are done; the state follows, step by step.
   *
   * @throws what a step, the loader or a callback throws, once no step runs any more
   */
  async run(state: TrainingState): Promise<void> {
    const { epochs, callbacks, signal } = this.#options;
    while (state.epochs.length < epochs) {
      const epoch = state.epochs.length + 1;
      const { steps, batch } = this.#options.loader.epoch(epoch);
      const moment: Moment = { state, epoch, epochs, steps: steps * epochs };
      try {
        await this.#steps(moment, steps, batch);
        await this.#close(moment, steps);
      } catch (error) {
        if (signal?.aborted && this.#isWhole)
          for (const callback of callbacks) await callback.whenStopped?.(moment);
        throw error;
      }
    }
  }

  /** Those of the epoch that are not done yet. */
  async #steps(moment: Moment, count: number, batchOf: (index: number) => Batch): Promise<void> {
    const { step, schedule, callbacks, signal } = this.#options;
    const { state, steps } = moment;
    const next = (): Batch | undefined => (state.position < count ? batchOf(state.position) : undefined);
    let start = performance.now();
    for (let batch = next(); batch;) {
      signal?.throwIfAborted();
      for (const callback of callbacks) callback.beforeStep?.(moment);
      this.#isWhole = false;
      const running = step.run(batch, state.step, schedule(state.step, steps));
      state.position++;
      // While the step runs on other threads.
      const [following, loss] = await bothOf(next, running);
      state.step++;
      state.lossSum += loss;
      state.tokens += batch.tokens;
      const seconds = (performance.now() - start) / 1000;
      start = performance.now();
      state.epochSeconds += seconds;
      state.seconds.training += seconds;
      this.#isWhole = true;
      for (const callback of callbacks) await callback.afterStep?.(moment, loss);
      batch = following;
    }
  }

  async #close(moment: Moment, steps: number): Promise<void> {
    const { callbacks } = this.#options;
    const { state, epoch } = moment;
    const record = { epoch, loss: state.lossSum / steps, seconds: state.epochSeconds };
    for (const callback of callbacks) await callback.endOfEpoch?.(moment, record);
    state.epochs.push(record);
    state.position = 0;
    state.lossSum = 0;
    state.epochSeconds = 0;
    for (const callback of callbacks) await callback.afterEpoch?.(moment);
  }
}

/** What `prepare` gives and what is running. Where `prepare` throws, its error comes once nothing runs any more. */
async function bothOf<A, B>(prepare: () => A, running: Promise<B>): Promise<[A, B]> {
  let prepared: A;
  try {
    prepared = prepare();
  } catch (error) {
    await running.catch(() => undefined);
    throw error;
  }
  return [prepared, await running];
}
