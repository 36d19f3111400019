/** Divides vectors by their lengths, as sentence-transformers' Normalize does. */

/**
 * In place; sums in double precision. A vector of zeros stays as it is.
 *
 * @param vectors row-major [rows, width]
 */
export function normalizeRows(vectors: Float32Array, width: number): void {
  for (let start = 0; start < vectors.length; start += width) {
    const vector = vectors.subarray(start, start + width);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) vector.forEach((value, i) => (vector[i] = value / length));
  }
}
