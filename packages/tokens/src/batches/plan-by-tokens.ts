/** Plans batches of about equally many tokens, for a stream of encodings; shapes that are compiled serve again. */
import type { Encoding } from '../encoding.ts';
import type { BatchPlan, BatchShape } from './batch.ts';
import { evenGroups } from './even-groups.ts';
import { paddedLength, paddedLengths } from './padded-lengths.ts';
import { tokensOf, worthPacking } from './worth-packing.ts';

/**
 * What another shape costs, as tokens of which the encoder takes the same time. Measured of MiniLM-L6 in bf16 on two
 * cores: 45 to 90 ms a shape, at 12,000 to 15,000 tokens/s. From half to double of that, the whole takes the same
 * within a few parts in a hundred.
 */
const shapePrice = 1000;

export interface PlanByTokensOptions {
  encodings: readonly Encoding[];
  /** Of a batch: padded, at most, but for a batch of one encoding; packed, about. */
  tokens: number;
  /** Whether encodings may follow one another without padding. */
  packed: boolean;
  /** Shapes that are compiled already. */
  compiled: readonly BatchShape[];
}

/** Every encoding in exactly one batch. */
export function planByTokens({ encodings, tokens, packed, compiled }: PlanByTokensOptions): BatchPlan[] {
  const lengths = encodings.map(({ ids }) => Math.max(1, ids.length));
  if (packed && worthPacking(lengths)) return packedPlan({ lengths, tokens, compiled });
  const known = compiled.filter(({ total }) => total === undefined).map(({ length }) => length);
  return paddedPlan({ lengths, tokens, padTo: paddedLengths(lengths, { known, price: shapePrice }) });
}

/**
 * The longest encodings first: where memory is short, it shows at once. Each length of `padTo`, which ascend, comes with
 * one size, but for the last batch, whose size is a power of two where it is not full.
 */
export function paddedPlan({
  lengths,
  tokens,
  padTo,
}: {
  lengths: readonly number[];
  tokens: number;
  padTo: readonly number[];
}): BatchPlan[] {
  const padded = (entry: number) => paddedLength(lengths[entry]!, padTo);
  const order = Array.from(lengths.keys()).sort((a, b) => lengths[a]! - lengths[b]!);
  const plans: BatchPlan[] = [];
  for (let start = 0; start < order.length;) {
    // A batch begun with the last few encodings of a length is filled with longer ones, and padded as these are.
    let length = padded(order[start]!);
    let size = Math.max(1, Math.floor(tokens / length));
    let entries = order.slice(start, start + size);
    for (;;) {
      const longest = padded(entries.at(-1)!);
      if (longest <= length) break;
      length = longest;
      size = Math.max(1, Math.floor(tokens / length));
      entries = order.slice(start, start + size);
    }
    if (entries.length < size) size = Math.min(size, 2 ** Math.ceil(Math.log2(entries.length)));
    plans.push({ entries: Int32Array.from(entries), size, length });
    start += entries.length;
  }
  return plans.reverse();
}

/** Tokens are rounded up to multiples of this, and encodings to a quarter of it, so that the next ones fit as well. */
const step = 32;

/** A larger shape serves if it has at most this many times the tokens. */
const tolerated = 1.1;

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

/** All of one shape: a compiled one that is not much too large, where there is one. */
export function packedPlan({
  lengths,
  tokens,
  compiled,
}: {
  lengths: readonly number[];
  tokens: number;
  compiled: readonly BatchShape[];
}): BatchPlan[] {
  if (lengths.length === 0) return [];
  const count = Math.ceil(lengths.reduce((sum, length) => sum + length, 0) / tokens);
  const groups = evenGroups({ lengths, size: Math.ceil(lengths.length / count) });
  const least = {
    size: roundUp(Math.max(...groups.map((entries) => entries.length)), step / 4),
    length: lengths.reduce((longest, length) => Math.max(longest, length)),
  };
  const totalFor = (size: number) => Math.max(...groups.map((entries) => tokensOf(entries, size, lengths)));
  const needed = { ...least, total: roundUp(totalFor(least.size), step) };
  const fits = ({ size, length, total = 0 }: BatchShape) =>
    size >= needed.size &&
    length >= needed.length &&
    total >= totalFor(size) &&
    total + size * length <= tolerated * (needed.total + needed.size * needed.length);
  const shape = compiled.find(fits) ?? needed;
  return groups.map((entries) => ({ entries, ...shape }));
}
