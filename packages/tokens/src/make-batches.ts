/** Groups rows of similar length into batches, so that little is padded; follows transformers' length-grouped sampler. */
import { permute, shuffleGenerator, type Shuffle } from './permute.ts';

/** Rows that go through the model together. */
export interface Batch {
  /** Indices into the given lengths. */
  rows: Int32Array;
  /** The smallest bucket that holds the longest of the rows, in tokens. */
  length: number;
}

export interface BatchOptions {
  /** Each row's number of tokens. */
  lengths: ArrayLike<number>;
  batchSize: number;
  /** The lengths to pad to, ascending. */
  buckets: readonly number[];
  /** Absent: all rows in the order of their lengths, as suits prediction. Present: another order in each epoch. */
  shuffle?: Shuffle | undefined;
}

/** Rows are sorted within spans of this many batches: long enough for little padding, short enough to stay random. */
const batchesPerSpan = 50;

/**
 * Puts every row into exactly one batch; one batch may be smaller than the others. With `shuffle`, rows are permuted,
 * cut into spans of 50 batches, sorted by length within each span and cut into batches, whose order is permuted again.
 * Equal seeds and epochs give equal batches on every platform.
 *
 * @throws if a row is longer than the largest bucket
 */
export function makeBatches({ lengths, batchSize, buckets, shuffle }: BatchOptions): Batch[] {
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new Error(`batchSize must be 1 or more, got ${batchSize}`);
  if (!buckets.every((bucket, i) => i === 0 || bucket > buckets[i - 1]!)) {
    throw new Error(`The buckets must ascend, got ${buckets.join(', ')}`);
  }
  const rows = Array.from(lengths, (_, i) => i);
  const random = shuffle && shuffleGenerator(shuffle);
  if (random) permute(rows, random);

  const span = random ? batchSize * batchesPerSpan : rows.length;
  const batches: Batch[] = [];
  for (let start = 0; start < rows.length; start += span) {
    const sorted = rows.slice(start, start + span).sort((a, b) => lengths[a]! - lengths[b]!);
    for (let i = 0; i < sorted.length; i += batchSize) {
      const batch = sorted.slice(i, i + batchSize);
      batches.push({ rows: Int32Array.from(batch), length: bucketFor(lengths[batch.at(-1)!]!, buckets) });
    }
  }
  if (random) permute(batches, random);
  return batches;
}

function bucketFor(length: number, buckets: readonly number[]): number {
  const bucket = buckets.find((bucket) => bucket >= length);
  if (bucket === undefined) {
    throw new Error(`A row of ${length} tokens is longer than the largest bucket, ${buckets.at(-1)}`);
  }
  return bucket;
}
