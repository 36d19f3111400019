import { findMetric } from '@foldwise/metrics';
import { describe, expect, it } from 'vitest';
import { areFixed, blendMembers } from './blend-members.ts';

const column = (...values: number[]) => [Float64Array.from(values)];
/** One member is off by 1 and 0, the other by 0 and 2; by 0.5 and 1 in the middle. */
const problem = {
  task: 'regression' as const,
  metric: findMetric('rmse'),
  truth: column(1, 2),
  members: [column(2, 2), column(1, 4)],
  names: ['one', 'two'],
  targets: ['y'],
};
const folds = Int32Array.of(0, 1);

describe('blendMembers', () => {
  it('scores members and their mean, and blends other rows', async () => {
    const tests = [column(1, 3), column(2, 5)];
    const blend = await blendMembers(problem, tests, folds, { methods: ['mean'] });
    expect(blend.scores[0]).toBeCloseTo(Math.sqrt(1 / 2), 12);
    expect(blend.scores[1]).toBeCloseTo(Math.sqrt(4 / 2), 12);
    expect(blend.chosen.nested).toBeCloseTo(Math.sqrt((0.25 + 1) / 2), 12);
    expect(blend.oof).toEqual(column(1.5, 3));
    expect(blend.test).toEqual(column(1.5, 4));
    expect(blend.selected).toBeUndefined();
  });

  it('ranks several methods, and tells in order which it tries', async () => {
    const heard: unknown[] = [];
    const { tried, chosen } = await blendMembers(problem, problem.members, folds, {
      methods: ['mean', 'best'],
      onMethod: (method, done) => heard.push([method, done]),
    });
    expect(heard).toEqual([['mean', 0], ['best', 1]]); // prettier-ignore
    expect(tried).toHaveLength(2);
    expect(chosen).toBe(tried[0]);
    expect(tried[0]!.nested!).toBeLessThanOrEqual(tried[1]!.nested!);
  });

  it('knows which methods need no folds', () => {
    expect(areFixed(['mean'])).toBe(true);
    expect(areFixed(['mean', 'ridge'])).toBe(false);
  });
});
