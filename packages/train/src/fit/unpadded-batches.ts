/** Cuts texts, without padding between them, into batches of about equally many tokens. */
import { evenBatches } from '@foldwise/tokens';
import { tokensOf, type PlannedBatch } from './planned-batch.ts';

type Shape = Omit<PlannedBatch, 'rows'>;

export interface UnpaddedBatchesOptions {
  /** Each text's number of tokens, at least 1. */
  lengths: ArrayLike<number>;
  /** Tokens of a batch, about. */
  tokens: number;
  /** Shapes that are compiled already: one that is not much too large serves again. */
  compiled: readonly Shape[];
}

/** Tokens are rounded up to multiples of this, and texts to a quarter of it, so that the next ones fit as well. */
const step = 32;

/** A larger shape serves if it has at most this many times the tokens. */
const tolerated = 1.1;

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

/** Every text in exactly one batch; all batches have the same shape. */
export function unpaddedBatches({ lengths, tokens, compiled }: UnpaddedBatchesOptions): PlannedBatch[] {
  if (lengths.length === 0) return [];
  const all = Array.from(lengths);
  const count = Math.ceil(all.reduce((sum, length) => sum + length, 0) / tokens);
  const batches = evenBatches({ lengths, batchSize: Math.ceil(all.length / count) });
  const least = {
    size: roundUp(Math.max(...batches.map((rows) => rows.length)), step / 4),
    length: all.reduce((longest, length) => Math.max(longest, length)),
  };
  const totalFor = (size: number) => Math.max(...batches.map((rows) => tokensOf(rows, size, lengths)));
  const needed = { ...least, total: roundUp(totalFor(least.size), step) };
  const fits = ({ size, length, total = 0 }: Shape) =>
    size >= needed.size &&
    length >= needed.length &&
    total >= totalFor(size) &&
    total + size * length <= tolerated * (needed.total + needed.size * needed.length);
  const shape = compiled.find(fits) ?? needed;
  return batches.map((rows) => ({ rows, ...shape }));
}
