import { expect, it } from 'vitest';
import { errorCorrelation } from './error-correlation.ts';

it('of errors, not of predictions', () => {
  // Errors 1, -1, 0 and 2, -2, 0 and -1, 1, 0 and 1, 1, -2.
  const truth = [Float64Array.of(10, 20, 30)];
  const members = [
    [Float64Array.of(11, 19, 30)],
    [Float64Array.of(12, 18, 30)],
    [Float64Array.of(9, 21, 30)],
    [Float64Array.of(11, 21, 28)],
  ];
  const near = (values: number[]) => values.map((value): unknown => expect.closeTo(value, 12));
  expect(errorCorrelation({ task: 'regression', truth, members })).toEqual([
    near([1, 1, -1, 0]),
    near([1, 1, -1, 0]),
    near([-1, -1, 1, 0]),
    near([0, 0, 0, 1]),
  ]);
});

it('of classes: the probability less 1 for the true one', () => {
  // Errors (-0.2, 0.2) and (-0.4, 0.4) of both rows.
  const members = [
    [Float64Array.of(0.8, 0.2), Float64Array.of(0.2, 0.8)],
    [Float64Array.of(0.6, 0.4), Float64Array.of(0.4, 0.6)],
  ];
  const found = errorCorrelation({ task: 'multi-class', truth: [Float64Array.of(0, 1)], members });
  expect(found[0]![1]).toBeCloseTo(1, 12);
});
