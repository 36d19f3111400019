/**
 * Ensemble selection with replacement (Caruana, Niculescu-Mizil, Crew & Ksikes 2004), step by step as AutoGluon's
 * `EnsembleSelection` does it: losses are rounded to six decimals once the first is above 1e-4, ties go to members that
 * are in already, and what counts is the blend after the first step that reached the least loss. AutoGluon draws between
 * ties that are left; here the first of them is taken.
 */
import type { BlendEvaluator } from '../../evaluators/blend-evaluator.ts';

export interface Selection {
  /** The members in the order in which they joined. */
  order: number[];
  /** The loss after each of them. */
  trajectory: number[];
  /** How often each joined, by the number of all: [members]. */
  weights: number[];
}

/**
 * @param size how many members join at most
 * @param candidates who may join; all by default
 * @param replace whether a member may join again
 */
export function ensembleSelection(
  evaluator: BlendEvaluator,
  {
    size = 100,
    candidates = Array.from({ length: evaluator.members }, (_, member) => member),
    replace = true,
  }: { size?: number; candidates?: readonly number[]; replace?: boolean } = {},
): Selection {
  evaluator.reset();
  const order: number[] = [];
  const trajectory: number[] = [];
  const used = new Set<number>();
  let decimals = Infinity;
  const steps = replace ? (candidates.length === 1 ? 1 : size) : Math.min(size, candidates.length);
  for (let step = 0; step < steps; step++) {
    const keep = step / (step + 1);
    const losses = candidates.map((member) =>
      !replace && used.has(member) ? Infinity : round(evaluator.loss(member, keep, 1 / (step + 1)), decimals),
    );
    const least = losses.reduce((a, b) => Math.min(a, b));
    const tied = candidates.filter((_, i) => losses[i]! <= least + 1e-12 * Math.abs(least));
    const fresh = replace ? tied : tied.filter((member) => !used.has(member));
    const best = (replace ? tied.find((member) => used.has(member)) : undefined) ?? fresh[0]!;
    if (step === 0 && Math.abs(least) > 1e-4) decimals = 6;
    evaluator.move(best, keep, 1 / (step + 1));
    order.push(best);
    trajectory.push(round(least, decimals));
    used.add(best);
  }
  const end = trajectory.indexOf(trajectory.reduce((a, b) => Math.min(a, b))) + 1;
  const weights = new Array<number>(evaluator.members).fill(0);
  for (const member of order.slice(0, end)) weights[member]! += 1 / end;
  return { order: order.slice(0, end), trajectory: trajectory.slice(0, end), weights };
}

const round = (value: number, decimals: number): number =>
  Number.isFinite(decimals) && Number.isFinite(value)
    ? Math.round(value * 10 ** decimals) / 10 ** decimals
    : value;
