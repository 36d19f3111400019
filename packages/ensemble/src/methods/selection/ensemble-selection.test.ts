import { describe, expect, it } from 'vitest';
import { ensembleSelection } from './ensemble-selection.ts';
import { evaluatorOf } from '../../evaluators/evaluator-of.ts';
import { metricEvaluator } from '../../evaluators/metric-evaluator.ts';
import { reference, referenceProblem } from '../../testing/reference.ts';

const { regression, binary, classes } = reference;
const cases = [
  ...regression.selection.map((one) => ({ task: 'regression' as const, data: regression, ...one })),
  ...binary.selection.map((one) => ({ task: 'binary' as const, data: binary, ...one })),
  ...classes.selection.map((one) => ({ task: 'multi-class' as const, data: classes, ...one })),
];

describe('ensembleSelection', () => {
  it.each(cases)(
    "picks AutoGluon's members: $task, $metric, $size",
    ({ task, data, metric, size, order, weights }) => {
      const selection = ensembleSelection(evaluatorOf(referenceProblem(task, data, metric)), { size });
      expect(selection.order).toEqual(order);
      selection.weights.forEach((weight, m) => expect(weight).toBeCloseTo(weights[m]!, 12));
    },
  );

  it('is the same on all rows as from products of errors', () => {
    const problem = referenceProblem('regression', regression, 'rmse');
    const [fast, slow] = [evaluatorOf(problem), metricEvaluator(problem)].map((e) => ensembleSelection(e));
    expect(fast).toEqual(slow);
  });

  it('takes each member once without replacement', () => {
    const losses = [3, 1, 2];
    const joined: number[] = [];
    const evaluator = {
      members: 3,
      reset: () => void joined.splice(0),
      // The second member helps, the third hurts.
      loss: (member: number) => (joined.length === 0 ? losses[member]! : member === 2 ? 0.5 : 4),
      move: (member: number) => void joined.push(member),
    };
    const selection = ensembleSelection(evaluator, { replace: false });
    expect(selection).toEqual({ order: [1, 2], trajectory: [1, 0.5], weights: [0, 0.5, 0.5] });
    expect(joined).toEqual([1, 2, 0]);
  });
});
