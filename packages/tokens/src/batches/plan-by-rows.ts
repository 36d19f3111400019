/** Plans batches of a number of encodings: of a training, and of the sets that are predicted after it. */
import type { Encoding } from '../encoding.ts';
import type { BatchPlan } from './batch.ts';
import { evenGroups } from './even-groups.ts';
import { lengthGroups } from './length-groups.ts';
import { paddedLengths } from './padded-lengths.ts';
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

export const lengthsOf = (encodings: readonly Encoding[]): Lengths => encodings.map(({ ids }) => ids.length);

export function planByRows({ train, predict, packed }: PlanByRowsOptions): RowsPlan {
  const trained = lengthsOf(train?.encodings ?? []);
  const predicted = (predict?.sets ?? []).map(lengthsOf);
  const isPacked = packed && worthPacking([trained, ...predicted].flat());
  const [sizes, { seed, epochs }] = [
    { train: train?.size ?? 1, predict: predict?.size ?? 1 },
    train ?? { seed: 0, epochs: 0 },
  ];
  const shuffles = Array.from({ length: epochs }, (_, i) => ({ seed, epoch: i + 1 }));
  if (isPacked) {
    const forTraining = packedPlan(shuffles.map((shuffle) => ({ lengths: trained, shuffle })), sizes.train); // prettier-ignore
    const forPrediction = packedPlan(predicted.map((lengths) => ({ lengths })), sizes.predict); // prettier-ignore
    return {
      train: (epoch) => forTraining(trained, { seed, epoch }),
      predict: (encodings) => forPrediction(lengthsOf(encodings)),
    };
  }
  const groups = (lengths: Lengths, size: number, shuffle?: Shuffle) =>
    lengthGroups({ lengths, size, shuffle });
  const longestOf = (lengths: Lengths, size: number, shuffle?: Shuffle) =>
    groups(lengths, size, shuffle).map((entries) => lengths[entries.at(-1)!]!);
  const padTo = paddedLengths(
    [
      ...longestOf(trained, sizes.train, { seed, epoch: 1 }),
      ...predicted.flatMap((lengths) => longestOf(lengths, sizes.predict)),
    ],
    { most: compiledLengths },
  );
  const plan = (lengths: Lengths, size: number, shuffle?: Shuffle): BatchPlan[] =>
    groups(lengths, size, shuffle).map((entries) => ({
      entries,
      size,
      length: lengthFor(lengths[entries.at(-1)!]!, padTo),
    }));
  return {
    train: (epoch) => plan(trained, sizes.train, { seed, epoch }),
    predict: (encodings) => plan(lengthsOf(encodings), sizes.predict),
  };
}

/**
 * How many lengths batches are padded to. More of them pad less, but each takes half a second to compile: with 20,
 * a sixteenth of a fold's tokens is padding where it would be a seventh with multiples of 8.
 */
const compiledLengths = 20;

function lengthFor(tokens: number, padTo: Lengths): number {
  const length = padTo.find((length) => length >= tokens);
  if (length === undefined)
    throw new Error(
      `An encoding of ${tokens} tokens is longer than ${padTo.at(-1) ?? 'none'}, the longest to pad to`,
    );
  return length;
}

/** Of one shape, which holds every batch of the sets: all have about equally many tokens. */
function packedPlan(sets: readonly { lengths: Lengths; shuffle?: Shuffle }[], size: number) {
  const groups = (lengths: Lengths, shuffle?: Shuffle) => evenGroups({ lengths, size, shuffle });
  const length = sets.flatMap(({ lengths }) => lengths).reduce((most, tokens) => Math.max(most, tokens), 1);
  const total = sets
    .flatMap(({ lengths, shuffle }) =>
      groups(lengths, shuffle).map((entries) => tokensOf(entries, size, lengths)),
    )
    .reduce((most, tokens) => Math.max(most, tokens), size);
  return (lengths: Lengths, shuffle?: Shuffle): BatchPlan[] =>
    groups(lengths, shuffle).map((entries) => ({ entries, size, length, total }));
}
