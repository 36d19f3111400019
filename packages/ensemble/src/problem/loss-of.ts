/** A metric as a loss: less is better, whatever the metric's direction. */
import { asTaken, type Columns } from '@foldwise/metrics';
import type { Problem } from './problem.ts';

/** @returns the loss of predictions, [columns][rows]; infinite where the metric is not defined */
export function lossOf({ task, metric, truth }: Omit<Problem, 'members'>): (predictions: Columns) => number {
  const sign = metric.direction === 'lower' ? 1 : -1;
  return (predictions) => {
    const score = metric.score(truth, asTaken(metric, task, predictions));
    return Number.isNaN(score) ? Infinity : sign * score;
  };
}
