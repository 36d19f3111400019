/** Inner products of each pair of vectors. */
import { BLOCK, tileKernel } from './tile-kernel.ts';

/**
 * @param vectors [vectors][elements]
 * @param origin subtracted from each vector: [elements]
 * @returns [vectors][vectors], symmetric
 */
export function gram(vectors: readonly Float64Array[], origin?: Float64Array): Float64Array[] {
  const n = vectors.length;
  const whole = 4 * Math.ceil(n / 4);
  const result = Array.from({ length: whole }, () => new Float64Array(whole));
  const length = vectors[0]?.length ?? 0;
  const { numbers, at, multiply } = tileKernel(whole);
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(length, start + BLOCK);
    // What the last block does not fill adds nothing.
    if (end - start < BLOCK) numbers.fill(0);
    for (let v = 0; v < n; v++) {
      const to = at(v) - start;
      const vector = vectors[v]!;
      if (origin) for (let i = start; i < end; i++) numbers[to + i] = vector[i]! - origin[i]!;
      else numbers.set(vector.subarray(start, end), at(v));
    }
    for (let i = 0; i < whole; i += 2)
      for (let j = 0; j <= i; j += 4) {
        multiply(i, j);
        const [first, second] = [result[i]!, result[i + 1]!];
        for (let k = 0; k < 4; k++) {
          first[j + k]! += numbers[2 * k]! + numbers[2 * k + 1]!;
          second[j + k]! += numbers[8 + 2 * k]! + numbers[8 + 2 * k + 1]!;
        }
      }
  }
  return vectors.map((_, i) =>
    Float64Array.from(vectors, (_, j) => result[Math.max(i, j)]![Math.min(i, j)]!),
  );
}
