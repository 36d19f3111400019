/** Whether texts are better off without padding between them. */

/**
 * Heads take texts padded to the longest of all, so that a few long texts among short ones would make them run over
 * little else than padding: over up to six times the tokens it is worth it.
 */
const most = 6;

/** By the lengths of all texts that one plan is made for. */
export function worthUnpadding(lengths: ArrayLike<number>): boolean {
  const all = Array.from(lengths);
  const tokens = all.reduce((sum, length) => sum + length, 0);
  const longest = all.reduce((longest, length) => Math.max(longest, length), 0);
  return longest * all.length <= most * tokens;
}
