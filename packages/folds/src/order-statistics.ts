/** Finds numbers by their places in ascending order without sorting them all: only the buckets that are asked for. */
import { countUpTo } from './count-up-to.ts';

/** Of equal width; so many that each is small, so few that their counts stay in the processor's cache. */
const BUCKETS = 2 ** 15;

export interface OrderStatistics {
  /** The number at a place of the ascending order, from 0. */
  at: (place: number) => number;
  /** How many numbers are lower. */
  countBelow: (value: number) => number;
  /** How many of the ascending cuts each number has passed, its own included: [values] */
  passed: (cuts: Float64Array) => Uint8Array | Int32Array;
}

/**
 * @param values finite numbers, at least one: [values]
 * @param places that will be asked for; others may be, but each costs a pass over the values
 */
export function orderStatistics(values: Float64Array, places: readonly number[]): OrderStatistics {
  const { least, most } = range(values);
  const scale = (BUCKETS - 1) / (most - least);
  // One bucket for all where they are equal, or where their difference is too large for a double.
  const hasBuckets = Number.isFinite(scale) && scale > 0;
  /** Never less for a greater number, as each step keeps the order. */
  const bucketOf = (value: number): number => (hasBuckets ? Math.trunc((value - least) * scale) : 0);
  const starts = new Int32Array(BUCKETS + 1);
  for (let i = 0; i < values.length; i++) starts[bucketOf(values[i]!) + 1]!++;
  for (let bucket = 1; bucket <= BUCKETS; bucket++) starts[bucket]! += starts[bucket - 1]!;

  const bucketAt = (place: number): number => countUpTo(starts, place) - 1;
  const sorted = sortBuckets(values, bucketOf, starts, new Set(places.map(bucketAt)));
  const sort = (bucket: number): Float64Array => {
    if (!sorted.has(bucket))
      for (const [one, numbers] of sortBuckets(values, bucketOf, starts, new Set([bucket])))
        sorted.set(one, numbers);
    return sorted.get(bucket)!;
  };
  return {
    at: (place) => {
      const bucket = bucketAt(place);
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
    passed: (cuts) => {
      /** By bucket; below zero where a cut is within it. */
      const counts = new Int32Array(BUCKETS).fill(cuts.filter((cut) => cut <= least).length);
      for (const cut of cuts.filter((cut) => cut > least && cut <= most)) {
        const bucket = bucketOf(cut);
        for (let after = bucket + 1; after < BUCKETS; after++) counts[after]!++;
        counts[bucket] = -BUCKETS;
      }
      const passed = cuts.length < 256 ? new Uint8Array(values.length) : new Int32Array(values.length);
      for (let i = 0; i < values.length; i++) {
        const count = counts[bucketOf(values[i]!)]!;
        passed[i] = count < 0 ? countUpTo(cuts, values[i]!) : count;
      }
      return passed;
    },
  };
}

/** The numbers of some buckets, each in ascending order. */
function sortBuckets(
  values: Float64Array,
  bucketOf: (value: number) => number,
  starts: Int32Array,
  buckets: ReadonlySet<number>,
): Map<number, Float64Array> {
  const isWanted = new Uint8Array(BUCKETS);
  const found = new Map<number, { numbers: Float64Array; count: number }>();
  for (const bucket of buckets) {
    isWanted[bucket] = 1;
    found.set(bucket, { numbers: new Float64Array(starts[bucket + 1]! - starts[bucket]!), count: 0 });
  }
  for (let i = 0; i < values.length; i++) {
    const bucket = bucketOf(values[i]!);
    if (!isWanted[bucket]) continue;
    const one = found.get(bucket)!;
    one.numbers[one.count++] = values[i]!;
  }
  return new Map([...found].map(([bucket, { numbers }]) => [bucket, numbers.sort()]));
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
