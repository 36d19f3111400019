/** Rows in the order of their scores, those of one score together: what cuts between scores are searched in. */

/** Rows in the order of their scores, those of one score together: what cuts between scores are searched in. */
export interface Blocks {
  /** The distinct scores, ascending: [blocks]. */
  scores: Float64Array;
  /** The block of each row: [rows]. */
  blockOf: Uint32Array;
}

/** @param values finite: [rows] */
export function blocksByScore(values: Float64Array): Blocks {
  const sorted = Float64Array.from(values).sort();
  const scores = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const blockOf = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    let low = 0;
    let high = scores.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (scores[middle]! < value) low = middle + 1;
      else high = middle;
    }
    blockOf[row] = low;
  }
  return { scores, blockOf };
}

/**
 * Where to cut between two neighbouring scores, so that rows between them fall to the nearer one.
 *
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
