/** Plans batches of a number of encodings: of a training, and of the sets that are predicted after it. */
import type { Encoding } from '../encoding.ts';
import type { BatchPlan } from './batch.ts';
import { evenGroups } from './even-groups.ts';
import { lengthGroups } from './length-groups.ts';
import { paddedLength, paddedLengths } from './padded-lengths.ts';
import type { Shuffle } from './shuffle.ts';
import { tokensOf, worthPacking } from './worth-packing.ts';

export interface TrainingSet {
  encodings: readonly Encoding[];
  /** Encodings of a batch. */
  size: number;
  epochs: number;
  /** Of the batches' order. */
  seed: number;
}

export interface PlanByRowsOptions {
  train: TrainingSet | undefined;
  predict: { size: number; sets: readonly (readonly Encoding[])[] } | undefined;
  packed: boolean;
}

export interface RowsPlan {
  /** `epoch` from 1. */
  train: (epoch: number) => BatchPlan[];
  /** Of one of the sets. */
  predict: (encodings: readonly Encoding[]) => BatchPlan[];
}

type Lengths = readonly number[];

const lengthsOf = (encodings: readonly Encoding[]): Lengths => encodings.map(({ ids }) => ids.length);

/** A set that batches are planned for: without `shuffle`, one to predict. */
interface PlannedSet {
  lengths: Lengths;
  shuffle?: Shuffle | undefined;
}

type PlanSet = (set: PlannedSet) => BatchPlan[];

export function planByRows({ train, predict, packed }: PlanByRowsOptions): RowsPlan {
  const { encodings = [], size = 1, epochs = 0, seed = 0 } = train ?? {};
  const trained = (epoch: number): PlannedSet => ({ lengths, shuffle: { seed, epoch } });
  const lengths = lengthsOf(encodings);
  const predicted = (predict?.sets ?? []).map((set): PlannedSet => ({ lengths: lengthsOf(set) }));
  const predictSize = predict?.size ?? 1;
  let planTraining: PlanSet;
  let planPrediction: PlanSet;
  if (packed && worthPacking([lengths, ...predicted.map(({ lengths }) => lengths)].flat())) {
    // Which rows meet is other in each epoch, and so is what the largest batch has.
    const all = Array.from({ length: epochs }, (_, i) => trained(i + 1));
    planTraining = packedPlan(all, size);
    planPrediction = packedPlan(predicted, predictSize);
  } else {
    const padTo = paddedLengths([...longestOf([trained(1)], size), ...longestOf(predicted, predictSize)], {
      most: compiledLengths,
    });
    planTraining = paddedPlan(size, padTo);
    planPrediction = paddedPlan(predictSize, padTo);
  }
  return {
    train: (epoch) => planTraining(trained(epoch)),
    predict: (encodings) => planPrediction({ lengths: lengthsOf(encodings) }),
  };
}

/**
 * How many lengths batches are padded to. More of them pad less, but each takes half a second to compile: with 20,
 * a sixteenth of a fold's tokens is padding where it would be a seventh with multiples of 8.
 */
const compiledLengths = 20;

/** Of each batch of encodings of similar length. */
function longestOf(sets: readonly PlannedSet[], size: number): number[] {
  return sets.flatMap((set) =>
    lengthGroups({ ...set, size }).map((entries) => set.lengths[entries.at(-1)!]!),
  );
}

function paddedPlan(size: number, padTo: Lengths): PlanSet {
  return (set) =>
    lengthGroups({ ...set, size }).map((entries) => ({
      entries,
      size,
      length: paddedLength(set.lengths[entries.at(-1)!]!, padTo),
    }));
}

/** Of one shape, which holds every batch of the sets: all have about equally many tokens. */
function packedPlan(sets: readonly PlannedSet[], size: number): PlanSet {
  const length = sets
    .flatMap(({ lengths }) => lengths)
    .reduce((longest, tokens) => Math.max(longest, tokens), 1);
  const total = sets
    .flatMap((set) => evenGroups({ ...set, size }).map((entries) => tokensOf(entries, size, set.lengths)))
    .reduce((most, tokens) => Math.max(most, tokens), size);
  return (set) => evenGroups({ ...set, size }).map((entries) => ({ entries, size, length, total }));
}
