/** Groups rows into batches of about equally many tokens, for encoders that take texts without padding. */
import { permute, shuffleGenerator, type Shuffle } from './permute.ts';

export interface EvenBatchesOptions {
  /** Each row's number of tokens. */
  lengths: ArrayLike<number>;
  /** Rows of a batch at most. */
  batchSize: number;
  /** Absent: always the same batches. Present: others in each epoch. */
  shuffle?: Shuffle | undefined;
}

/**
 * Every row in exactly one of the fewest batches, whose sizes differ by one row at most. Rows are sorted by length and
 * dealt out in turns of one row a batch, the longest of a turn to the batch with the fewest tokens (as in Graham's LPT
 * rule, 1969), so that each batch has long and short texts. Which rows of a length meet is random with `shuffle`, and
 * so is the order of the batches. Equal seeds and epochs give equal batches on every platform.
 */
export function evenBatches({ lengths, batchSize, shuffle }: EvenBatchesOptions): Int32Array[] {
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new Error(`batchSize must be 1 or more, got ${batchSize}`);
  const rows = Array.from(lengths, (_, i) => i);
  const random = shuffle && shuffleGenerator(shuffle);
  if (random) permute(rows, random);
  rows.sort((a, b) => lengths[b]! - lengths[a]!);

  const count = Math.ceil(rows.length / batchSize);
  const batches = Array.from({ length: count }, (): number[] => []);
  const tokens = new Float64Array(count);
  const byTokens = Array.from(batches.keys());
  for (let start = 0; start < rows.length; start += count) {
    byTokens.sort((a, b) => tokens[a]! - tokens[b]!);
    rows.slice(start, start + count).forEach((row, i) => {
      batches[byTokens[i]!]!.push(row);
      tokens[byTokens[i]!]! += lengths[row]!;
    });
  }
  if (random) permute(batches, random);
  return batches.map((batch) => Int32Array.from(batch));
}
