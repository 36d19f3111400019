import { findMetric } from '@foldwise/metrics';
import { describe, expect, it } from 'vitest';
import { evaluatorOf } from './evaluator-of.ts';
import { metricEvaluator } from './metric-evaluator.ts';
import type { Problem } from '../problem/problem.ts';
import { reference, referenceProblem, toColumns } from '../testing/reference.ts';
import { squaredEvaluator } from './squared-evaluator.ts';

const { regression, binary, classes } = reference;
const { members, truth } = regression;

/** The second target is the first one turned around, predicted by the members in another order. */
const turned = (values: number[]) => values.map((value) => 1 - 2 * value);
const twoTargets = (metric: string): Problem => ({
  task: 'regression',
  metric: findMetric(metric),
  truth: toColumns([truth[0]!, turned(truth[0]!)]),
  members: members.map(([column], m) => toColumns([column!, turned(members[(m + 1) % members.length]![0]!)])),
});
/** Many predictions are the same, so ties matter. */
const coarse = {
  truth: binary.truth,
  members: binary.members.map((columns) => columns.map((column) => column.map((p) => Math.round(5 * p) / 5))),
};

describe('evaluatorOf', () => {
  it.each<[string, Problem]>([
    ...['rmse', 'mcrmse', 'mse', 'r2'].map((metric): [string, Problem] => [
      `${metric} of two targets`,
      twoTargets(metric),
    ]),
    ['roc-auc', referenceProblem('binary', binary, 'roc-auc')],
    ['roc-auc with ties', referenceProblem('binary', coarse, 'roc-auc')],
    ['log-loss of two classes', referenceProblem('binary', binary, 'log-loss')],
    ['log-loss of three classes', referenceProblem('multi-class', classes, 'log-loss')],
  ])('evaluates as the metric does: %s', (_, problem) => {
    const [fast, slow] = [evaluatorOf(problem), metricEvaluator(problem)];
    for (let round = 0; round < 2; round++) {
      fast.reset();
      slow.reset();
      const moves: [number, number, number][] = [
        [2, 0, 1],
        [0, 0.5, 0.5],
        [3, 0.8, 0.2],
        [1, 1.25, -0.25],
      ];
      for (const move of moves) {
        for (const evaluator of [fast, slow]) evaluator.move(...move);
        for (let member = 0; member < problem.members.length; member++)
          for (const add of [0.3, -0.2])
            expect(fast.loss(member, 1 - add, add)).toBeCloseTo(slow.loss(member, 1 - add, add), 12);
      }
    }
  });

  it('is not by squares where they do not decide', () => {
    const problem = referenceProblem('regression', regression, 'rmse');
    expect(squaredEvaluator(problem)).toBeDefined();
    expect(squaredEvaluator({ ...problem, metric: findMetric('mae') })).toBeUndefined();
    // Of classes, the numbers are the places of the classes, not what the members predict.
    expect(squaredEvaluator({ ...problem, task: 'ordinal' })).toBeUndefined();
  });
});
