/** Blends members by one method or several, and says how good each is on rows that it was not fitted to. */
import { asTaken, type Metric } from '@foldwise/metrics';
import { crossFit, type CrossFit } from '../cross-fit/cross-fit.ts';
import { selectByFold } from '../cross-fit/select-by-fold.ts';
import { errorCorrelation } from '../members/error-correlation.ts';
import { findMethod } from '../methods/find-method.ts';
import type { Problem } from '../problem/problem.ts';

/** How a method did. */
export interface MethodScores {
  method: string;
  /** Each row blended by what the other folds gave; null where the metric is not defined. */
  nested: number | null;
  /** Fitted to the rows that it is scored on. */
  optimistic: number | null;
  /** Fitted to all rows: by the target's name, then the member's. Undefined where members have no single weight. */
  weights?: Record<string, Record<string, number>>;
  /** What else was fitted, such as an intercept, by the target's name. */
  settings?: Record<string, Readonly<Record<string, number>>>;
}

export interface NamedProblem extends Problem {
  /** Of the members, in their order. */
  names: readonly string[];
  targets: readonly string[];
}

export interface Blend {
  /** Of each member alone; null where the metric is not defined. */
  scores: (number | null)[];
  /** Of the members' errors: [members][members]. */
  correlation: number[][];
  /** From the best nested score down. */
  tried: MethodScores[];
  /** Methods that could not be fitted to these rows, and why. */
  failed: { method: string; reason: string }[];
  chosen: MethodScores;
  /** The score of blending each fold by the method whose nested score is best on the other folds; of several methods. */
  selected: number | null | undefined;
  /** Of the chosen method, nested: [columns][rows]. */
  oof: Float64Array[];
  /** Of the chosen method, fitted to all rows, of other rows: [columns][rows]. */
  test: Float64Array[];
}

export interface BlendMembersOptions {
  /** Names; the best one is chosen. */
  methods: readonly string[];
  /** Whether all targets share their weights. */
  shared?: boolean;
  onMethod?: (method: string, done: number) => void;
}

/** @returns whether the methods take no part of the truth, so that folds make no difference */
export const areFixed = (methods: readonly string[]): boolean =>
  methods.every((method) => findMethod(method).isFixed);

/**
 * @param problem its members' predictions are out-of-fold
 * @param tests the members' predictions of other rows: [members][columns][rows]
 * @param folds the fold of each row: [rows]
 * @throws Error where no method can be fitted to these rows
 */
export async function blendMembers(
  problem: NamedProblem,
  tests: readonly Float64Array[][],
  folds: Int32Array,
  { methods, shared = false, onMethod }: BlendMembersOptions,
): Promise<Blend> {
  const fitted: { scores: MethodScores; fit: CrossFit }[] = [];
  const failed: Blend['failed'] = [];
  for (const [done, method] of methods.entries()) {
    onMethod?.(method, done);
    try {
      const fit = await crossFit(findMethod(method), problem, folds, shared);
      const [nested, optimistic] = [scoreOf(problem, fit.nested), scoreOf(problem, fit.optimistic)];
      fitted.push({ scores: { method, nested, optimistic, ...describeFit(fit, problem) }, fit });
    } catch (error) {
      if (methods.length === 1) throw error;
      failed.push({ method, reason: (error as Error).message });
    }
  }
  if (fitted.length === 0)
    throw new Error(failed.map(({ method, reason }) => `${method}: ${reason}`).join('\n'));
  const ranked = fitted.sort(
    (a, b) => costOf(problem.metric, a.scores.nested) - costOf(problem.metric, b.scores.nested),
  );
  const { fit, scores: chosen } = ranked[0]!;
  const nested = ranked.map((one) => one.fit.nested);
  return {
    scores: problem.members.map((predictions) => scoreOf(problem, predictions)),
    correlation: errorCorrelation(problem),
    tried: ranked.map(({ scores }) => scores),
    failed,
    chosen,
    selected: ranked.length === 1 ? undefined : scoreOf(problem, selectByFold(problem, nested, folds)),
    oof: fit.nested,
    test: fit.blender.blend(tests),
  };
}

/** A number of which less is better; a score that is not defined is the worst. */
function costOf({ direction }: Metric, score: number | null): number {
  if (score === null) return Infinity;
  return direction === 'lower' ? score : -score;
}

function scoreOf({ metric, task, truth }: Problem, predictions: readonly Float64Array[]): number | null {
  const score = metric.score(truth, asTaken(metric, task, predictions));
  return Number.isNaN(score) ? null : score;
}

function describeFit(
  { blender }: CrossFit,
  { names, targets }: NamedProblem,
): Pick<MethodScores, 'weights' | 'settings'> {
  const byTarget = <T>(of: (target: CrossFit['blender']['targets'][0]) => T): Record<string, T> =>
    Object.fromEntries(blender.targets.map((target, t) => [targets[t]!, of(target)]));
  const [first] = blender.targets;
  return {
    ...(first?.weights && {
      weights: byTarget(({ weights }) => Object.fromEntries(names.map((name, m) => [name, weights![m]!]))),
    }),
    ...(first?.settings && { settings: byTarget(({ settings }) => settings!) }),
  };
}
