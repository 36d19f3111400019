/** Groups encodings into batches of about equally many tokens, for encoders that take them without padding. */
import { permute, shuffleGenerator, type Shuffle } from './shuffle.ts';

export interface GroupOptions {
  /** Each encoding's number of tokens. */
  lengths: readonly number[];
  /** Encodings of a batch at most. */
  size: number;
  /** Absent: always the same batches. Present: others in each epoch. */
  shuffle?: Shuffle | undefined;
}

/**
 * Every encoding in exactly one of the fewest batches, whose sizes differ by one at most. Encodings are sorted by length
 * and dealt out in turns of one a batch, the longest of a turn to the batch with the fewest tokens (as in Graham's LPT
 * rule, 1969), so that each batch has long and short ones. Which of a length meet is random with `shuffle`, and so is the
 * order of the batches. Equal seeds and epochs give equal batches on every platform.
 *
 * @returns indices into `lengths`
 */
export function evenGroups({ lengths, size, shuffle }: GroupOptions): Int32Array[] {
  if (!Number.isInteger(size) || size < 1) throw new Error(`size must be 1 or more, got ${size}`);
  const entries = Array.from(lengths.keys());
  const random = shuffle && shuffleGenerator(shuffle);
  if (random) permute(entries, random);
  entries.sort((a, b) => lengths[b]! - lengths[a]!);

  const count = Math.ceil(entries.length / size);
  const groups = Array.from({ length: count }, (): number[] => []);
  const tokens = new Float64Array(count);
  const byTokens = Array.from(groups.keys());
  for (let start = 0; start < entries.length; start += count) {
    byTokens.sort((a, b) => tokens[a]! - tokens[b]!);
    entries.slice(start, start + count).forEach((entry, i) => {
      groups[byTokens[i]!]!.push(entry);
      tokens[byTokens[i]!]! += lengths[entry]!;
    });
  }
  if (random) permute(groups, random);
  return groups.map((group) => Int32Array.from(group));
}
