/** Finds numbers by their places in ascending order without sorting them all: only the buckets that are asked for. */
import { countUpTo } from './count-up-to.ts';

/** Of equal width; so many that each is small, so few that their counts stay in the processor's cache. */
const BUCKETS = 2 ** 15;

export interface OrderStatistics {
  /** The number at a place of the ascending order, from 0. */
  at: (place: number) => number;
  /** How many numbers are lower. */
  countBelow: (value: number) => number;
}

/** @param values finite numbers, at least one: [values] */
export function orderStatistics(values: Float64Array): OrderStatistics {
  const { least, most } = range(values);
  const scale = (BUCKETS - 1) / (most - least);
  // One bucket for all where they are equal, or where their difference is too large for a double.
  const hasBuckets = Number.isFinite(scale) && scale > 0;
  /** Never less for a greater number, as each step keeps the order. */
  const bucketOf = (value: number): number => (hasBuckets ? Math.trunc((value - least) * scale) : 0);
  const starts = new Int32Array(BUCKETS + 1);
  for (let i = 0; i < values.length; i++) starts[bucketOf(values[i]!) + 1]!++;
  for (let bucket = 1; bucket <= BUCKETS; bucket++) starts[bucket]! += starts[bucket - 1]!;

  const sorted = new Map<number, Float64Array>();
  const sort = (bucket: number): Float64Array => {
    let numbers = sorted.get(bucket);
    if (numbers) return numbers;
    numbers = new Float64Array(starts[bucket + 1]! - starts[bucket]!);
    for (let i = 0, found = 0; found < numbers.length; i++)
      if (bucketOf(values[i]!) === bucket) numbers[found++] = values[i]!;
    sorted.set(bucket, numbers.sort());
    return numbers;
  };
  return {
    at: (place) => {
      const bucket = countUpTo(starts, place) - 1;
      return sort(bucket)[place - starts[bucket]!]!;
    },
    countBelow: (value) => {
      if (value <= least) return 0;
      if (value > most) return values.length;
      const bucket = bucketOf(value);
      const numbers = sort(bucket);
      let place = countUpTo(numbers, value);
      while (place > 0 && numbers[place - 1] === value) place--;
      return starts[bucket]! + place;
    },
  };
}

function range(values: Float64Array): { least: number; most: number } {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
