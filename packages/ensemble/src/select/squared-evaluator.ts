/**
 * Evaluates blends by their squared errors without a look at the rows: the error of a blend whose weights add up to 1 is
 * the blend of the errors, so inner products of the members' errors tell its square. Those with a member are worked out
 * when it first joins, in one pass over the rows, and those of all at once when many have joined; every candidate after
 * that takes the same few operations.
 */
import { dot } from '../numeric/dot.ts';
import { gram } from '../numeric/gram.ts';
import type { Problem } from '../problem.ts';
import type { BlendEvaluator } from './blend-evaluator.ts';

/** Rows at a time: the part of one member's errors stays in the processor's cache while the others pass by. */
const BLOCK = 2048;

/** The loss of a target from its mean squared error and the variance of its true values. */
const losses: Readonly<Record<string, (mse: number, variance: number) => number>> = {
  rmse: Math.sqrt,
  mcrmse: Math.sqrt,
  mse: (mse) => mse,
  r2: (mse, variance) => mse / variance - 1,
};

/** @returns undefined where the metric is not one of the squared error */
export function squaredEvaluator({ task, metric, truth, members }: Problem): BlendEvaluator | undefined {
  const lossFrom = Object.hasOwn(losses, metric.name) ? losses[metric.name] : undefined;
  if (task !== 'regression' || !lossFrom) return undefined;
  const rows = truth[0]!.length;
  const targets = truth.map((target, t) => {
    const mean = target.reduce((sum, value) => sum + value, 0) / rows;
    const variance = target.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
    return {
      variance,
      products: errorProducts(
        target,
        members.map((columns) => columns[t]!),
      ),
    };
  });
  // Of the blend so far: its mean squared error, and the mean product of its errors with each member's.
  const squares = new Float64Array(targets.length);
  const withBlend = targets.map(() => new Float64Array(members.length));
  const mixedSquare = (t: number, member: number, keep: number, add: number): number =>
    // Rounding must not make it negative.
    Math.max(
      0,
      keep * keep * squares[t]! +
        2 * keep * add * withBlend[t]![member]! +
        add * add * targets[t]!.products.square(member),
    );
  return {
    members: members.length,
    reset() {
      squares.fill(0);
      withBlend.forEach((products) => products.fill(0));
    },
    loss(member, keep, add) {
      let total = 0;
      for (let t = 0; t < targets.length; t++)
        total += lossFrom(mixedSquare(t, member, keep, add), targets[t]!.variance);
      return total / targets.length;
    },
    move(member, keep, add) {
      targets.forEach(({ products }, t) => {
        squares[t] = mixedSquare(t, member, keep, add);
        const column = products.withMember(member);
        const mine = withBlend[t]!;
        for (let m = 0; m < mine.length; m++) mine[m] = keep * mine[m]! + add * column[m]!;
      });
    },
  };
}

/** Mean products of the members' errors, each worked out once. */
function errorProducts(target: Float64Array, members: readonly Float64Array[]) {
  const rows = target.length;
  const errors = members.map((values) => {
    const error = new Float64Array(rows);
    for (let row = 0; row < rows; row++) error[row] = target[row]! - values[row]!;
    return error;
  });
  const squares = Float64Array.from(errors, (error) => dot(error, error) / rows);
  const known = new Map<number, Float64Array>();
  let all: Float64Array[] | undefined;
  return {
    square: (member: number) => squares[member]!,
    withMember(member: number): Float64Array {
      const column = all?.[member] ?? known.get(member);
      if (column) return column;
      // All pairs cost half as much together as one by one, or less.
      if (known.size > members.length / 5) {
        all = gram(errors).map((row) => row.map((value) => value / rows));
        return all[member]!;
      }
      const products = productsWith(errors, member);
      known.set(member, products);
      return products;
    },
  };
}

function productsWith(errors: readonly Float64Array[], member: number): Float64Array {
  const mine = errors[member]!;
  const rows = mine.length;
  const column = new Float64Array(errors.length);
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(rows, start + BLOCK);
    for (let m = 0; m < errors.length; m++) column[m]! += dot(mine, errors[m]!, start, end);
  }
  return column.map((value) => value / rows);
}
