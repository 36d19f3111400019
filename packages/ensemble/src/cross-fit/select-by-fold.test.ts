import { findMetric } from '@foldwise/metrics';
import { expect, it } from 'vitest';
import { selectByFold } from './select-by-fold.ts';

it('takes for each fold the blend that is best on the others', () => {
  const problem = {
    task: 'regression' as const,
    metric: findMetric('rmse'),
    truth: [Float64Array.of(0, 0, 0, 0)],
  };
  // Fold 0 alone would choose the first, fold 1 the second.
  const blends = [[Float64Array.of(1, 1, 9, 9)], [Float64Array.of(5, 5, 2, 2)]];
  expect(selectByFold(problem, blends, Int32Array.of(0, 0, 1, 1))).toEqual([Float64Array.of(5, 5, 9, 9)]);
});
