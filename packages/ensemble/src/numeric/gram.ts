/** Inner products of each pair of vectors. */
import { dot } from './dot.ts';

/** Elements at a time: those of a few vectors stay in the processor's cache. */
const BLOCK = 2048;

/** @returns [vectors][vectors], symmetric */
export function gram(vectors: readonly Float64Array[]): Float64Array[] {
  const result = vectors.map(() => new Float64Array(vectors.length));
  const length = vectors[0]?.length ?? 0;
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(length, start + BLOCK);
    for (let i = 0; i < vectors.length; i++)
      for (let j = 0; j <= i; j++) result[i]![j]! += dot(vectors[i]!, vectors[j]!, start, end);
  }
  for (let i = 0; i < vectors.length; i++) for (let j = 0; j < i; j++) result[j]![i] = result[i]![j]!;
  return result;
}
