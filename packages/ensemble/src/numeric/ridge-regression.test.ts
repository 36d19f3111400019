import { describe, expect, it } from 'vitest';
import { reference, toColumns } from '../testing/reference.ts';
import { ridgeRegression } from './ridge-regression.ts';

const { members, truth, test, stacking, stackingCv } = reference.regression;

describe('ridgeRegression', () => {
  it.each([
    { what: 'Ridge(1)', expected: stacking, alphas: [1] },
    { what: 'RidgeCV', expected: stackingCv, alphas: undefined },
  ])("has the coefficients and predictions of scikit-learn's stacking by $what", ({ expected, alphas }) => {
    const found = ridgeRegression(members.map(toColumns), toColumns(truth), alphas);
    expect(found.alpha).toBe(expected.alpha);
    found.coefficients.forEach((value, m) => expect(value).toBeCloseTo(expected.coefficients[m]!, 10));
    expect(found.intercepts[0]).toBeCloseTo(expected.intercept, 10);
    expected.test.forEach((value, row) => {
      const own = test.reduce(
        (sum, [column], m) => sum + found.coefficients[m]! * column![row]!,
        found.intercepts[0]!,
      );
      expect(own).toBeCloseTo(value, 10);
    });
  });

  it('columns share coefficients and have intercepts of their own', () => {
    const [feature, target] = [Float64Array.of(0, 1, 2, 3), Float64Array.of(1, 3, 5, 7)];
    const lower = target.map((value) => value - 10);
    const { coefficients, intercepts } = ridgeRegression([[feature, feature]], [target, lower], [1e-9]);
    expect(coefficients[0]).toBeCloseTo(2, 8);
    expect(intercepts).toEqual([expect.closeTo(1, 7), expect.closeTo(-9, 7)]);
  });
});
