/** Where to cut between two neighbouring scores, so that rows between them fall to the nearer one. */

/**
 * @param scores distinct, ascending
 * @param blocks how many of them are at or below the cut, 0 to all
 * @returns a number such that exactly those are not above it; beyond the ends it is as far out as the nearest two are apart
 */
export function cutBetween(scores: Float64Array, blocks: number): number {
  const last = scores.length - 1;
  if (blocks === 0) return scores[0]! - (scores[1]! - scores[0]! || 1) / 2;
  if (blocks > last) return scores[last]! + (scores[last]! - scores[last - 1]! || 1) / 2;
  const [below, above] = [scores[blocks - 1]!, scores[blocks]!];
  const middle = below + (above - below) / 2;
  // Of two neighbouring doubles the middle is one of them.
  return middle < above ? middle : below;
}
