/**
 * Evaluates blends by their squared errors without a look at the rows: the error of a blend whose weights add up to 1 is
 * the blend of the errors, so the inner products of the members' errors tell its square. They are worked out once; every
 * candidate after that takes a few operations.
 */
import type { BlendEvaluator } from './blend-evaluator.ts';
import { gram } from '../numeric/gram.ts';
import type { Problem } from '../problem/problem.ts';

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
    const products = gram(
      members.map((columns) => columns[t]!),
      target,
    ).map((row) => row.map((value) => value / rows));
    return { variance, products };
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
        add * add * targets[t]!.products[member]![member]!,
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
        const column = products[member]!;
        const mine = withBlend[t]!;
        for (let m = 0; m < mine.length; m++) mine[m] = keep * mine[m]! + add * column[m]!;
      });
    },
  };
}
