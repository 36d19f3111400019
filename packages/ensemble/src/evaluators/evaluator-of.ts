/** The fastest way to evaluate the blends of a problem. */
import { aucEvaluator } from './auc-evaluator.ts';
import type { BlendEvaluator } from './blend-evaluator.ts';
import { logLossEvaluator } from './log-loss-evaluator.ts';
import { metricEvaluator } from './metric-evaluator.ts';
import type { Problem } from '../problem/problem.ts';
import { squaredEvaluator } from './squared-evaluator.ts';

export function evaluatorOf(problem: Problem): BlendEvaluator {
  return (
    squaredEvaluator(problem) ??
    aucEvaluator(problem) ??
    logLossEvaluator(problem) ??
    metricEvaluator(problem)
  );
}
