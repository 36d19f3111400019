/**
 * Stacking by logistic regression on the members' log-odds; for classes the multinomial one on their log-probabilities;
 * for numbers the fractional one on their place in the range of the target.
 */
import type { Columns } from '@foldwise/metrics';
import { amongInformed } from './among-informed.ts';
import type { BlendMethod } from '../blend-method.ts';
import { fitLogistic, predictLogistic } from '../../numeric/fit-logistic.ts';
import { unitScale } from '../../problem/scale.ts';
import { trueColumns } from '../../problem/true-columns.ts';
import { validPredictions } from '../../problem/valid-predictions.ts';

export const logistic: BlendMethod = {
  name: 'logistic',
  description: 'stacking by logistic regression on log-odds',
  source: 'Wolpert 1992; Papke & Wooldridge 1996 for numbers',
  fit: amongInformed((problem) => {
    const { task } = problem;
    const scale = unitScale(problem);
    const ofClasses = task === 'multi-class' || task === 'ordinal';
    const asFeature = (column: Float64Array): Float64Array =>
      column.map((value) => {
        const p = scale.to(value);
        return ofClasses ? Math.log(p) : Math.log(p / (1 - p));
      });
    const truth = trueColumns(problem);
    const targets = task === 'regression' ? truth.map((column) => column.map(scale.to)) : truth;
    // Classes are one model; targets that share their weights are one column after the other.
    const arrange = (members: readonly Columns[]): Float64Array[] =>
      ofClasses
        ? members.flatMap((columns) => columns.map(asFeature))
        : members.map((columns) => joined(columns.map(asFeature)));
    const model = fitLogistic(arrange(problem.members), ofClasses ? [...targets] : [joined(targets)]);
    return {
      ...(ofClasses
        ? {}
        : { weights: [...model.coefficients[0]!], settings: { intercept: model.intercepts[0]! } }),
      blend(members) {
        const predicted = predictLogistic(model, arrange(members));
        const columns = ofClasses ? predicted : split(predicted[0]!, members[0]!.length);
        return validPredictions(
          task,
          columns.map((column) => column.map(scale.from)),
        );
      },
    };
  }),
};

function joined(columns: Columns): Float64Array {
  const rows = columns[0]!.length;
  const result = new Float64Array(columns.length * rows);
  columns.forEach((column, c) => result.set(column, c * rows));
  return result;
}

function split(values: Float64Array, columns: number): Float64Array[] {
  const rows = values.length / columns;
  return Array.from({ length: columns }, (_, c) => values.slice(c * rows, (c + 1) * rows));
}
