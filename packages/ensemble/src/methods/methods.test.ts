import { findMetric } from '@foldwise/metrics';
import { describe, expect, it } from 'vitest';
import type { BlendMethod } from './blend-method.ts';
import { findMethod } from './find-method.ts';
import { lossOf } from '../problem/loss-of.ts';
import { methods } from './methods.ts';
import type { Problem } from '../problem/problem.ts';
import { reference, referenceProblem } from '../testing/reference.ts';

const all: BlendMethod[] = Object.values(methods);
const { regression, binary, classes, blendMinimum } = reference;
const problems = {
  regression: referenceProblem('regression', regression, 'rmse'),
  binary: referenceProblem('binary', binary, 'log-loss'),
  'multi-class': referenceProblem('multi-class', classes, 'log-loss'),
  ordinal: referenceProblem('ordinal', classes, 'qwk'),
};
const near = (values: readonly number[], digits = 10) =>
  values.map((value): unknown => expect.closeTo(value, digits));
const fit = async (name: string, problem: Problem) => findMethod(name).fit(problem);

/** One row of numbers, and what is true of it, so that only means can be right. */
const oneRow = (task: 'regression' | 'binary' | 'multi-class', members: number[][]): Problem => ({
  task,
  metric: findMetric(task === 'regression' ? 'rmse' : 'log-loss'),
  truth: [Float64Array.of(1)],
  members: members.map((row) => row.map((value) => Float64Array.of(value))),
});
const blendRow = async (name: string, problem: Problem) =>
  (await fit(name, problem)).blend(problem.members).map(([value]) => value!);

describe.each(Object.entries(problems))('on a %s task', (task, problem) => {
  it.each(all)('$name: valid predictions of every row, the same again', async (method) => {
    const blended = (await method.fit(problem)).blend(problem.members);
    expect(blended).toHaveLength(problem.members[0]!.length);
    // Scoring refuses what is not a number or no probability.
    expect(
      lossOf({ ...problem, metric: findMetric(task === 'regression' ? 'rmse' : 'log-loss') })(blended),
    ).toBeLessThan(1.6);
    expect((await method.fit(problem)).blend(problem.members)).toEqual(blended);
  });

  it.each(all.filter(({ name }) => name !== 'boosting'))(
    '$name: a member alone is taken as it is, or refitted',
    async (method) => {
      const alone = { ...problem, members: problem.members.slice(0, 1) };
      const blended = (await method.fit(alone)).blend(alone.members);
      if (['nnls', 'ridge', 'logistic'].includes(method.name)) {
        expect(lossOf(alone)(blended)).toBeLessThan(10);
        return;
      }
      blended.forEach((column, c) =>
        column.forEach((value, row) => expect(value).toBeCloseTo(alone.members[0]![c]![row]!, 8)),
      );
    },
  );
});

describe('means', () => {
  it('of 0.2 and 0.8 or of 0.1 and 0.4, by hand', async () => {
    const numbers = oneRow('regression', [[1], [4]]);
    expect(await blendRow('mean', numbers)).toEqual([2.5]);
    expect(await blendRow('geometric', numbers)).toEqual(near([2]));
    // Errors 0.8 and 0.2: weights 1/0.64 and 1/0.04, in shares 1/17 and 16/17.
    expect(await blendRow('weighted', oneRow('binary', [[0.2], [0.8]]))).toEqual(
      near([(0.2 + 16 * 0.8) / 17]),
    );
    // Odds 1/9 and 4: their geometric mean is 2/3.
    expect(await blendRow('logit', oneRow('binary', [[0.1], [0.8]]))).toEqual(near([0.4]));
    expect(await blendRow('geometric', oneRow('binary', [[0.1], [0.4]]))).toEqual(near([0.2]));
  });

  it('of classes add up to 1', async () => {
    const members = [
      [0.1, 0.1, 0.8],
      [0.4, 0.4, 0.2],
    ];
    // Products 0.04, 0.04, 0.16, roots 0.2, 0.2, 0.4.
    expect(await blendRow('geometric', oneRow('multi-class', members))).toEqual(near([0.25, 0.25, 0.5]));
  });

  it('power takes the exponent that is best', async () => {
    // The cubic mean of 1 and 3 is the third root of 14.
    const problem = { ...oneRow('regression', [[1], [3]]), truth: [Float64Array.of(Math.cbrt(14))] };
    const blender = await fit('power', problem);
    expect(blender.settings).toEqual({ exponent: 3 });
    expect(blender.blend(problem.members)[0]![0]).toBeCloseTo(Math.cbrt(14), 10);
  });

  it('rank has the order of the mean of ranks', async () => {
    const [blended] = (await fit('rank', problems.regression)).blend(problems.regression.members);
    const order = (values: ArrayLike<number>) =>
      Array.from(values, (_, row) => row).sort((a, b) => values[a]! - values[b]! || a - b);
    // Equal mean ranks may come out in any order.
    const { meanRanks } = regression;
    expect(order(blended!).map((row) => meanRanks[row])).toEqual(
      order(meanRanks).map((row) => meanRanks[row]),
    );
  });

  it('rank puts rows that it did not see between those that it saw, and none beyond', async () => {
    const problem: Problem = {
      ...oneRow('regression', []),
      truth: [Float64Array.of(1, 2, 3)],
      members: [[Float64Array.of(10, 20, 30)], [Float64Array.of(2, 4, 12)]],
    };
    // The scale is the mean of the sorted members: 6, 12, 21. Places 0.5 and 1.5, -1 and 5.
    const other = [[Float64Array.of(15, -5)], [Float64Array.of(8, 99)]];
    expect((await fit('rank', problem)).blend(other)).toEqual([Float64Array.of(12, 12)]);
  });
});

describe('weights', () => {
  it("are SciPy's for nnls", async () => {
    expect((await fit('nnls', problems.regression)).weights).toEqual(near(regression.nnls, 9));
  });

  it('are those of every set of members tried, for simplex', async () => {
    expect((await fit('simplex', problems.regression)).weights).toEqual(near(regression.simplex, 9));
  });

  it('nelder-mead comes to where SciPy does', async () => {
    const blender = await fit('nelder-mead', problems.regression);
    const loss = lossOf(problems.regression)(blender.blend(problems.regression.members));
    expect(loss).toBeCloseTo(blendMinimum.value, 5);
    expect(blender.weights!.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 12);
  });

  it.each(['hill', 'hill-negative', 'simplex', 'nelder-mead'])(
    '%s finds half of each of two opposite members',
    async (name) => {
      const truth = Float64Array.of(1, -2, 3, 0.5);
      const error = Float64Array.of(0.5, 0.2, -0.3, 0.4);
      const problem = {
        ...oneRow('regression', []),
        truth: [truth],
        members: [1, -1].map((sign) => [truth.map((value, row) => value + sign * error[row]!)]),
      };
      expect((await fit(name, problem)).weights).toEqual(near([0.5, 0.5], 3));
    },
  );

  it('hill-negative takes out a mistake that two members share', async () => {
    // The second is the mistake of the first and more of it: 2·a - b is exact.
    const truth = Float64Array.of(1, -2, 3, 0.5);
    const error = Float64Array.of(0.5, 0.2, -0.3, 0.4);
    const problem = {
      ...oneRow('regression', []),
      truth: [truth],
      members: [1, 2].map((times) => [truth.map((value, row) => value + times * error[row]!)]),
    };
    const blender = await fit('hill-negative', problem);
    expect(blender.weights![1]).toBeLessThan(-0.9);
    expect(lossOf(problem)(blender.blend(problem.members))).toBeLessThan(0.01);
  });

  it('backward drops the member that is in the way, and no other', async () => {
    const truth = Float64Array.of(1, -2, 3, 0.5);
    const error = Float64Array.of(0.5, 0.2, -0.3, 0.4);
    const problem = {
      ...oneRow('regression', []),
      truth: [truth],
      members: [1, -1, 10].map((times) => [truth.map((value, row) => value + times * error[row]!)]),
    };
    expect((await fit('backward', problem)).weights).toEqual([0.5, 0.5, 0]);
  });
});

describe('findMethod', () => {
  it('knows each by the name in the registry', () => {
    for (const [name, method] of Object.entries(methods)) expect(findMethod(name)).toBe(method);
  });

  it('names the nearest', () => {
    expect(() => findMethod('Hil-onse')).toThrow(
      'there is no method "Hil-onse"; the nearest is "hill-once"; known are mean, weighted',
    );
  });
});
