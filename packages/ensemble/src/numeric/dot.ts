/** The inner product of two vectors, in four sums at once, which is faster and loses fewer digits. */

/** Over the elements from `start` to before `end`. */
export function dot(a: Float64Array, b: Float64Array, start = 0, end = a.length): number {
  let [s, t, u, v] = [0, 0, 0, 0];
  let i = start;
  for (; i + 3 < end; i += 4) {
    s += a[i]! * b[i]!;
    t += a[i + 1]! * b[i + 1]!;
    u += a[i + 2]! * b[i + 2]!;
    v += a[i + 3]! * b[i + 3]!;
  }
  for (; i < end; i++) s += a[i]! * b[i]!;
  return s + t + (u + v);
}
