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
