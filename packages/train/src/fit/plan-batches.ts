/** The batches of a fold: of its training, and of the texts that it predicts. */
import { chooseBuckets, evenBatches, lengthBuckets, makeBatches, type Shuffle } from '@foldwise/tokens';
import { tokensOf, type PlannedBatch } from './planned-batch.ts';

export interface PlanBatchesOptions {
  /** Tokens of each training row. */
  trained: ArrayLike<number>;
  /** Of each text of the sets that are predicted. */
  predicted: readonly ArrayLike<number>[];
  training: { batch: number; predictBatch: number; maxLength: number; epochs: number; seed: number };
  /** Whether texts follow one another without padding. */
  unpadded: boolean;
}

export interface BatchPlan {
  /** `epoch` from 1. */
  train: (epoch: number) => PlannedBatch[];
  /** Of one of the sets of `predicted`, by its lengths. */
  predict: (lengths: ArrayLike<number>) => PlannedBatch[];
}

export function planBatches(options: PlanBatchesOptions): BatchPlan {
  return options.unpadded ? unpaddedPlan(options) : paddedPlan(options);
}

/** One shape for training and one for predictions: all batches have about equally many tokens. */
function unpaddedPlan({ trained, predicted, training }: PlanBatchesOptions): BatchPlan {
  const { batch, predictBatch, epochs, seed } = training;
  const shaped = (sets: { lengths: ArrayLike<number>; shuffle?: Shuffle }[], size: number) => {
    const plan = (lengths: ArrayLike<number>, shuffle?: Shuffle) =>
      evenBatches({ lengths, batchSize: size, shuffle });
    const length = sets.reduce((most, { lengths }) => Math.max(most, longestOf(lengths)), 1);
    const total = sets
      .flatMap(({ lengths, shuffle }) => plan(lengths, shuffle).map((rows) => tokensOf(rows, size, lengths)))
      .reduce((most, tokens) => Math.max(most, tokens), size);
    return (lengths: ArrayLike<number>, shuffle?: Shuffle): PlannedBatch[] =>
      plan(lengths, shuffle).map((rows) => ({ rows, size, length, total }));
  };
  const shuffles = Array.from({ length: epochs }, (_, i) => ({ seed, epoch: i + 1 }));
  const train = shaped(
    shuffles.map((shuffle) => ({ lengths: trained, shuffle })),
    batch,
  );
  const predict = shaped(
    predicted.map((lengths) => ({ lengths })),
    predictBatch,
  );
  return {
    train: (epoch) => train(trained, { seed, epoch }),
    predict: (lengths) => predict(lengths),
  };
}

function longestOf(lengths: ArrayLike<number>): number {
  return Array.from(lengths).reduce((longest, length) => Math.max(longest, length), 0);
}

/**
 * How many lengths batches are padded to. More of them pad less, but each takes half a second to compile: with 20,
 * a sixteenth of a fold's tokens is padding where it would be a seventh with multiples of 8.
 */
const compiledLengths = 20;

/** Texts of similar length together, padded to few lengths. */
function paddedPlan({ trained, predicted, training }: PlanBatchesOptions): BatchPlan {
  const { batch, predictBatch, maxLength, seed } = training;
  const plan = (lengths: ArrayLike<number>, size: number, buckets: number[], shuffle?: Shuffle) =>
    makeBatches({ lengths, batchSize: size, buckets, shuffle }).map((made) => ({ ...made, size }));
  const exact = lengthBuckets(maxLength, 1);
  const longest = [
    ...plan(trained, batch, exact, { seed, epoch: 1 }),
    ...predicted.flatMap((lengths) => plan(lengths, predictBatch, exact)),
  ].map(({ length }) => length);
  const buckets = chooseBuckets(longest, compiledLengths);
  return {
    train: (epoch) => plan(trained, batch, buckets, { seed, epoch }),
    predict: (lengths) => plan(lengths, predictBatch, buckets),
  };
}
