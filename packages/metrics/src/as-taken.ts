/** Predictions of a model as a metric takes them. */
import type { Columns, Metric, MetricTask } from './metric.ts';
import { toClasses } from './to-classes.ts';
import { toLogOdds } from './to-log-odds.ts';

/**
 * @param predictions numbers, [targets][rows]; or probabilities of 1, [labels][rows], or of each class, [classes][rows]
 * @returns the same; or the classes that they decide for, [targets][rows]; or their log-odds
 */
export function asTaken({ takes }: Pick<Metric, 'takes'>, task: MetricTask, predictions: Columns): Columns {
  if (task === 'regression' || takes === 'probabilities' || takes === 'ranks') return predictions;
  // Numbers of an ordinal task are the indices of its classes.
  return takes === 'classes' || task === 'ordinal' ? toClasses(task, predictions) : toLogOdds(predictions);
}
