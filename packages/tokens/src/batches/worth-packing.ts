/** Whether encodings are better off without padding between them. */

/**
 * Heads take encodings padded to the longest of all, so that a few long ones among short ones would make them run over
 * little else than padding: over up to six times the tokens it is worth it.
 */
const most = 6;

/** By the lengths of all encodings that one plan is made for. */
export function worthPacking(lengths: readonly number[]): boolean {
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  const longest = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  return longest * lengths.length <= most * tokens;
}

/** The tokens of a packed batch: of its entries, and one of each encoding that only fills it up (`layOut`). */
export function tokensOf(entries: Int32Array, size: number, lengths: readonly number[]): number {
  return entries.reduce((sum, entry) => sum + lengths[entry]!, size - entries.length);
}
