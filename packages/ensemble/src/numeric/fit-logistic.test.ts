import { describe, expect, it } from 'vitest';
import { fitLogistic, predictLogistic } from './fit-logistic.ts';
import { reference, toColumns } from '../testing/reference.ts';

const { binary, classes } = reference;

describe('fitLogistic', () => {
  it.each([
    {
      what: 'two classes',
      data: binary,
      features: toColumns(binary.members.map(([p]) => p!.map((p) => Math.log(p / (1 - p))))),
      targets: toColumns(binary.truth),
    },
    {
      what: 'three classes',
      data: classes,
      features: toColumns(classes.members.flat().map((column) => column.map(Math.log))),
      targets: toColumns([0, 1, 2].map((c) => classes.truth[0]!.map((label) => Number(label === c)))),
    },
  ])("has scikit-learn's coefficients: $what", ({ data: { logistic }, features, targets }) => {
    const model = fitLogistic(features, targets);
    logistic.coefficients.forEach((row, k) =>
      row.forEach((value, j) => expect(model.coefficients[k]![j]).toBeCloseTo(value, 6)),
    );
    logistic.intercepts.forEach((value, k) => expect(model.intercepts[k]).toBeCloseTo(value, 6));
    predictLogistic(model, features).forEach((column, k) =>
      column.forEach((p, row) => expect(p).toBeCloseTo(logistic.probabilities[k]![row]!, 7)),
    );
  });

  it('of shares without features that help is their log-odds', () => {
    const { coefficients, intercepts } = fitLogistic(
      [Float64Array.of(1, -1, 1, -1)],
      [Float64Array.of(0.2, 0.2, 0.4, 0.4)],
    );
    expect(coefficients[0]![0]).toBeCloseTo(0, 8);
    expect(intercepts[0]).toBeCloseTo(Math.log(0.3 / 0.7), 8);
  });
});
