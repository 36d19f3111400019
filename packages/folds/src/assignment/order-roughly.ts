/** Orders rows by a number, in full only around the places that are asked for: a split cuts them at a few. */
import { countUpTo, orderBy } from './order-by.ts';

/** Of equal width; so many that each is soon sorted, so few that the processor can write to all of them in turn. */
const BUCKETS = 1024;
/** How many numbers tell the range. */
const SAMPLE = 4096;

export interface RoughOrder {
  /** Those before the place `countBelow(value)` have lower numbers, the others do not, once it has been called. */
  rows: Int32Array;
  /** The number at a place of the ascending order, from 0. */
  at: (place: number) => number;
  /** How many numbers are lower. */
  countBelow: (value: number) => number;
}

/** @param values finite numbers, at least one: [rows] */
export function orderRoughly(values: Float64Array): RoughOrder {
  const scale = scaleOf(values);
  const starts = countBuckets(values, scale);
  const rows = dealToBuckets(values, scale, starts);
  const isSorted = new Uint8Array(BUCKETS);
  /** The rows of a bucket by their numbers, in place. */
  const sorted = (bucket: number): Int32Array => {
    const own = rows.subarray(starts[bucket], starts[bucket + 1]);
    if (!isSorted[bucket]) own.set(orderBy(own, values));
    isSorted[bucket] = 1;
    return own;
  };
  return {
    rows,
    at: (place) => {
      const bucket = countUpTo(starts, place) - 1;
      return values[sorted(bucket)[place - starts[bucket]!]!]!;
    },
    countBelow: (value) => {
      const bucket = bucketOf(value, scale);
      const own = sorted(bucket);
      let [low, high] = [0, own.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (values[own[middle]!]! < value) low = middle + 1;
        else high = middle;
      }
      return starts[bucket]! + low;
    },
  };
}

interface Scale {
  least: number;
  /** Buckets by unit; 0 where one has to do for all. */
  factor: number;
}

/** From a sample, as numbers beyond its range fall into the first bucket and the last. */
function scaleOf(values: Float64Array): Scale {
  const step = Math.ceil(values.length / SAMPLE);
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i += step) {
    least = Math.min(least, values[i]!);
    most = Math.max(most, values[i]!);
  }
  const factor = BUCKETS / (most - least);
  return { least, factor: Number.isFinite(factor) ? factor : 0 };
}

/** Never less for a greater number, as each step keeps the order. */
function bucketOf(value: number, { least, factor }: Scale): number {
  const bucket = (value - least) * factor;
  return bucket > 0 ? (bucket < BUCKETS ? bucket | 0 : BUCKETS - 1) : 0;
}

/** @returns where each bucket starts, and where the last one ends */
function countBuckets(values: Float64Array, scale: Scale): Int32Array {
  const starts = new Int32Array(BUCKETS + 1);
  for (let row = 0; row < values.length; row++) starts[bucketOf(values[row]!, scale) + 1]!++;
  for (let bucket = 1; bucket <= BUCKETS; bucket++) starts[bucket]! += starts[bucket - 1]!;
  return starts;
}

/** @returns the rows by bucket, those of one bucket ascending: [rows] */
function dealToBuckets(values: Float64Array, scale: Scale, starts: Int32Array): Int32Array {
  const rows = new Int32Array(values.length);
  const places = starts.slice();
  for (let row = 0; row < rows.length; row++) rows[places[bucketOf(values[row]!, scale)]!++] = row;
  return rows;
}
