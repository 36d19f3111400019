/** The few lengths that batches are padded to: the engine compiles one function for each. */

/**
 * Multiples of `step` below `maxLength`, and `maxLength` itself: `lengthBuckets(20)` is `[8, 16, 20]`.
 *
 * @param maxLength in tokens
 */
export function lengthBuckets(maxLength: number, step = 8): number[] {
  const buckets: number[] = [];
  for (let length = step; length < maxLength; length += step) buckets.push(length);
  return [...buckets, maxLength];
}
