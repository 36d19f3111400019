/** Cuts texts of similar length into batches of about equally many tokens. */
import type { PlannedBatch } from './planned-batch.ts';

export interface BudgetBatchesOptions {
  /** Each text's number of tokens. */
  lengths: ArrayLike<number>;
  /** The lengths to pad to, ascending; the last one holds every text. */
  padTo: readonly number[];
  /** Tokens of a batch at most, with padding; a batch has one text at least. */
  tokens: number;
}

/**
 * Every text in exactly one batch, the longest first: where memory is short, it shows at once. Each length of `padTo`
 * comes with one size, but for the last batch, whose size is a power of two where it is not full.
 *
 * @throws if a text is longer than the last of `padTo`
 */
export function budgetBatches({ lengths, padTo, tokens }: BudgetBatchesOptions): PlannedBatch[] {
  const padded = (row: number) => {
    const length = padTo.find((length) => length >= lengths[row]!);
    if (length === undefined)
      throw new Error(
        `A text of ${lengths[row]} tokens is longer than ${padTo.at(-1)}, the longest to pad to`,
      );
    return length;
  };
  const order = Array.from(lengths, (_, row) => row).sort((a, b) => lengths[a]! - lengths[b]!);
  const batches: PlannedBatch[] = [];
  for (let start = 0; start < order.length;) {
    // A batch begun with the last few texts of a length is filled with longer ones, and padded as these are.
    let length = padded(order[start]!);
    let rows: number[];
    let size: number;
    for (;;) {
      size = Math.max(1, Math.floor(tokens / length));
      rows = order.slice(start, start + size);
      const longest = padded(rows.at(-1)!);
      if (longest <= length) break;
      length = longest;
    }
    if (rows.length < size) size = Math.min(size, 2 ** Math.ceil(Math.log2(rows.length)));
    batches.push({ rows: Int32Array.from(rows), size, length });
    start += rows.length;
  }
  return batches.reverse();
}
