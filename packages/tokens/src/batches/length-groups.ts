/** Groups encodings of similar length into batches, so that little is padded; follows transformers' length-grouped sampler. */
import type { GroupOptions } from './even-groups.ts';
import { permute, shuffleGenerator } from './shuffle.ts';

/** Encodings are sorted within spans of this many batches: long enough for little padding, short enough to stay random. */
const batchesPerSpan = 50;

/**
 * Puts every encoding into exactly one batch, its longest last; one batch may be smaller than the others. Without
 * `shuffle`, all are in the order of their lengths, as suits prediction. With it, encodings are permuted, cut into spans
 * of 50 batches, sorted by length within each span and cut into batches, whose order is permuted again. Equal seeds and
 * epochs give equal batches on every platform.
 *
 * @returns indices into `lengths`
 */
export function lengthGroups({ lengths, size, shuffle }: GroupOptions): Int32Array[] {
  if (!Number.isInteger(size) || size < 1) throw new Error(`size must be 1 or more, got ${size}`);
  const entries = Array.from(lengths.keys());
  const random = shuffle && shuffleGenerator(shuffle);
  if (random) permute(entries, random);

  const span = random ? size * batchesPerSpan : entries.length;
  const groups: Int32Array[] = [];
  for (let start = 0; start < entries.length; start += span) {
    const sorted = entries.slice(start, start + span).sort((a, b) => lengths[a]! - lengths[b]!);
    for (let i = 0; i < sorted.length; i += size) groups.push(Int32Array.from(sorted.slice(i, i + size)));
  }
  if (random) permute(groups, random);
  return groups;
}
