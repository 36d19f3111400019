/**
 * The simplex method of Nelder & Mead (1965), with the first simplex, the constants, the order of the steps and the ends
 * that SciPy's `minimize(method="Nelder-Mead")` has; its bounds are left out.
 */

export interface NelderMeadOptions {
  /** Constants that depend on the number of parameters (Gao & Han 2012), for more than a few of them. */
  adaptive?: boolean;
  /** How close the corners and their values must come. */
  xTolerance?: number;
  valueTolerance?: number;
  /** The other corners of the first simplex; by default close to the start. */
  corners?: readonly ArrayLike<number>[];
  /** 200 for each parameter by default. */
  maxIterations?: number;
}

/** @returns where the function was least, its value there, and how often it was asked */
export function nelderMead(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  {
    adaptive = false,
    xTolerance = 1e-4,
    valueTolerance = 1e-4,
    corners: given,
    maxIterations,
  }: NelderMeadOptions = {},
): { x: Float64Array; value: number; evaluations: number } {
  const n = start.length;
  const expansion = adaptive ? 1 + 2 / n : 2;
  const contraction = adaptive ? 0.75 - 1 / (2 * n) : 0.5;
  const shrinkage = adaptive ? 1 - 1 / n : 0.5;
  const most = maxIterations ?? 200 * n;

  let evaluations = 0;
  const corner = (x: Float64Array): Corner => {
    evaluations++;
    return { x, value: f(x) };
  };
  const origin = Float64Array.from(start);
  const moved = (i: number): Float64Array =>
    origin.map((value, j) => (i !== j ? value : value !== 0 ? 1.05 * value : 0.00025));
  const others = given ?? Array.from(origin, (_, i) => moved(i));
  let corners = [origin, ...others].map((x) => corner(Float64Array.from(x)));
  corners.sort((a, b) => a.value - b.value);

  for (let iteration = 1; iteration < most && evaluations < most; iteration++) {
    const best = corners[0]!;
    const others = corners.slice(1);
    const close =
      others.every(({ x }) => x.every((value, i) => Math.abs(value - best.x[i]!) <= xTolerance)) &&
      others.every(({ value }) => Math.abs(value - best.value) <= valueTolerance);
    if (close) break;
    const worst = corners[n]!;
    const middle = origin.map((_, i) => corners.slice(0, n).reduce((sum, { x }) => sum + x[i]!, 0) / n);
    /** The point on the line from the worst corner through the middle; 0 is the middle. */
    const along = (factor: number): Corner =>
      corner(middle.map((value, i) => (1 + factor) * value - factor * worst.x[i]!));

    let next: Corner | undefined = along(1);
    if (next.value < best.value) {
      const farther = along(expansion);
      if (farther.value < next.value) next = farther;
    } else if (next.value >= corners[n - 1]!.value) {
      const outside: boolean = next.value < worst.value;
      const nearer = along(outside ? contraction : -contraction);
      const better = outside ? nearer.value <= next.value : nearer.value < worst.value;
      next = better ? nearer : undefined;
    }
    corners = next
      ? [...corners.slice(0, n), next]
      : [
          best,
          ...others.map(({ x }) =>
            corner(x.map((value, i) => best.x[i]! + shrinkage * (value - best.x[i]!))),
          ),
        ];
    corners.sort((a, b) => a.value - b.value);
  }
  return { ...corners[0]!, evaluations };
}

interface Corner {
  x: Float64Array;
  value: number;
}
