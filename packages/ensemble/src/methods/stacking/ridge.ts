/**
 * Stacking by ridge regression with an intercept, the penalty chosen by leave-one-out error, as scikit-learn's `RidgeCV`
 * does it: from one eigendecomposition. Columns of one target share their weights and have intercepts of their own.
 */
import { amongInformed } from './among-informed.ts';
import type { BlendMethod } from '../blend-method.ts';
import { linearBlend } from '../linear-blend.ts';
import { ridgeRegression } from '../../numeric/ridge-regression.ts';
import { trueColumns } from '../../problem/true-columns.ts';

export const ridge: BlendMethod = {
  name: 'ridge',
  description: 'stacking by ridge regression',
  source: 'Hoerl & Kennard 1970; Breiman 1996',
  fit: amongInformed((problem) => {
    const { coefficients, intercepts, alpha } = ridgeRegression(problem.members, trueColumns(problem));
    const settings: Record<string, number> = { alpha };
    if (intercepts.length === 1) settings['intercept'] = intercepts[0]!;
    return { ...linearBlend(problem.task, [...coefficients], intercepts), settings };
  }),
};
