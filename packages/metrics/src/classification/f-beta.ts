/**
 * F-beta (van Rijsbergen 1979): the harmonic mean of precision and recall, in which recall counts beta times as much;
 * `sklearn.metrics.fbeta_score`.
 */
import { byAverage } from './by-average.ts';
import type { Metric } from '../metric.ts';

/**
 * @param beta above 0
 * @param family and what stands after the average's name, for F1, which has a name of its own
 */
export function fBeta(beta: number, family = 'fbeta', parameter = `:${beta}`): Metric[] {
  const square = beta ** 2;
  return byAverage(
    family,
    ({ right, predicted, actual }) => [(1 + square) * right, square * actual + predicted],
    parameter,
  );
}
