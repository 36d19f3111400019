import { findMetric } from '@foldwise/metrics';
import { describe, expect, it } from 'vitest';
import type { BlendMethod } from '../methods/blend-method.ts';
import { crossFit } from './cross-fit.ts';
import { findMethod } from '../methods/find-method.ts';

const problem = {
  task: 'regression' as const,
  metric: findMetric('rmse'),
  // In fold 0 the first member is right, in fold 1 the second.
  truth: [Float64Array.of(1, 2, 3, 4)],
  members: [[Float64Array.of(1, 2, 9, 9)], [Float64Array.of(8, 8, 3, 4)]],
};
const folds = Int32Array.of(0, 0, 1, 1);

describe('crossFit', () => {
  it('blends the rows of a fold by what the others gave', async () => {
    const { nested, optimistic, blender } = await crossFit(findMethod('best'), problem, folds);
    // Each fold gets the member that is best on the other one: the wrong one.
    expect(nested).toEqual([Float64Array.of(8, 8, 9, 9)]);
    // On all rows the sums of squares are 61 and 85.
    expect(optimistic).toEqual([Float64Array.of(1, 2, 9, 9)]);
    expect(blender.blend([[Float64Array.of(5)], [Float64Array.of(6)]])).toEqual([Float64Array.of(5)]);
    expect(blender.targets.map(({ weights }) => weights)).toEqual([[1, 0]]);
  });

  it('shows a method no row of the fold that it blends', async () => {
    const seen: number[][] = [];
    const spy: BlendMethod = {
      ...findMethod('best'),
      fit(part) {
        seen.push([...part.truth[0]!]);
        return findMethod('best').fit(part);
      },
    };
    await crossFit(spy, problem, folds);
    expect(seen).toEqual([
      [1, 2, 3, 4],
      [3, 4],
      [1, 2],
    ]);
  });

  it('gives each target weights of its own, or all the same', async () => {
    const two = {
      ...problem,
      metric: findMetric('mcrmse'),
      truth: [problem.truth[0]!, problem.truth[0]!],
      members: problem.members.map(([column], m) => [column!, problem.members[1 - m]![0]!]),
    };
    const weights = async (shared: boolean) =>
      (await crossFit(findMethod('best'), two, folds, shared)).blender.targets.map(({ weights }) => weights);
    expect(await weights(false)).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(await weights(true)).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('needs two folds', async () => {
    await expect(crossFit(findMethod('best'), problem, new Int32Array(4))).rejects.toThrow(
      'best is fitted in nested cross-validation, which needs two folds or more, got 1; the mean needs none',
    );
    const { nested } = await crossFit(findMethod('mean'), problem, new Int32Array(4));
    expect(nested).toEqual([Float64Array.of(4.5, 5, 6, 6.5)]);
  });
});
