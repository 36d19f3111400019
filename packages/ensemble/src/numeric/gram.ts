/** Inner products of each pair of vectors. */
import { dot } from './dot.ts';

/** Elements at a time: those of a hundred vectors stay in the processor's cache. */
const BLOCK = 512;

/** @returns [vectors][vectors], symmetric */
export function gram(vectors: readonly Float64Array[]): Float64Array[] {
  const n = vectors.length;
  const result = vectors.map(() => new Float64Array(n));
  const length = vectors[0]?.length ?? 0;
  const products = new Float64Array(8);
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(length, start + BLOCK);
    for (let i = 0; i < n; i += 2) {
      const [a, b] = [vectors[i]!, vectors[i + 1]];
      let j = 0;
      // Four by two at once: each number that is read takes part in several products.
      if (b)
        for (; j + 3 <= i; j += 4) {
          eightDots(a, b, vectors, j, start, end, products);
          for (let k = 0; k < 4; k++) {
            result[i]![j + k]! += products[k]!;
            result[i + 1]![j + k]! += products[4 + k]!;
          }
        }
      for (; j <= i + 1 && j < n; j++) {
        if (j <= i) result[i]![j]! += dot(a, vectors[j]!, start, end);
        if (b) result[i + 1]![j]! += dot(b, vectors[j]!, start, end);
      }
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) result[j]![i] = result[i]![j]!;
  return result;
}

/** Those of a and of b with four vectors from `first` on. */
function eightDots(
  a: Float64Array,
  b: Float64Array,
  vectors: readonly Float64Array[],
  first: number,
  start: number,
  end: number,
  products: Float64Array,
): void {
  const p = vectors[first]!;
  const q = vectors[first + 1]!;
  const r = vectors[first + 2]!;
  const s = vectors[first + 3]!;
  let ap = 0.0;
  let aq = 0.0;
  let ar = 0.0;
  let as = 0.0;
  let bp = 0.0;
  let bq = 0.0;
  let br = 0.0;
  let bs = 0.0;
  for (let i = start; i < end; i++) {
    const x = a[i]!;
    const y = b[i]!;
    const u = p[i]!;
    const v = q[i]!;
    const w = r[i]!;
    const z = s[i]!;
    ap += x * u;
    aq += x * v;
    ar += x * w;
    as += x * z;
    bp += y * u;
    bq += y * v;
    br += y * w;
    bs += y * z;
  }
  products[0] = ap;
  products[1] = aq;
  products[2] = ar;
  products[3] = as;
  products[4] = bp;
  products[5] = bq;
  products[6] = br;
  products[7] = bs;
}
