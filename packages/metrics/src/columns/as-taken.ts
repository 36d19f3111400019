/** Predictions of a model as a metric takes them: as they are, decided, or as log-odds. */
import type { Columns, Metric, MetricTask } from '../metric.ts';

/**
 * @param predictions numbers, [targets][rows]; or probabilities of 1, [labels][rows], or of each class, [classes][rows]
 * @returns the same; or the classes that they decide for, [targets][rows]; or their log-odds
 */
export function asTaken({ takes }: Pick<Metric, 'takes'>, task: MetricTask, predictions: Columns): Columns {
  if (task === 'regression' || takes === 'probabilities' || takes === 'ranks') return predictions;
  // Numbers of an ordinal task are the indices of its classes.
  return takes === 'classes' || task === 'ordinal' ? toClasses(task, predictions) : toLogOdds(predictions);
}

/**
 * Decides for classes, as metrics such as accuracy take them.
 *
 * @param probabilities of 1, [labels][rows], or for multi-class and ordinal of each class, [classes][rows]
 * @returns for multi-class the first of the most probable classes, and for ordinal the number of classes that the truth
 * is above with a probability above a half (the median; Shi, Cao & Raschka 2021), [1][rows]; else 1 above a half and 0
 * to a half, [labels][rows]
 */
export function toClasses(task: Exclude<MetricTask, 'regression'>, probabilities: Columns): Float64Array[] {
  if (task === 'ordinal') return [ranks(probabilities)];
  if (task !== 'multi-class') return probabilities.map((column) => column.map((p) => Number(p > 0.5)));
  const best = (row: number): number =>
    probabilities.reduce((best, column, c) => (column[row]! > probabilities[best]![row]! ? c : best), 0);
  return [Float64Array.from(probabilities[0] ?? [], (_, row) => best(row))];
}

function ranks(probabilities: Columns): Float64Array {
  const result = new Float64Array(probabilities[0]?.length ?? 0);
  const above = new Float64Array(result.length);
  // From the highest class down, so that small probabilities are added up first.
  for (const column of probabilities.slice(1).reverse())
    column.forEach((p, row) => {
      above[row]! += p;
      if (above[row]! > 0.5) result[row]!++;
    });
  return result;
}

/**
 * Decision values, for metrics such as the hinge loss, which take numbers of either sign.
 *
 * @param probabilities of 1, [labels][rows], or of each class, [classes][rows]
 * @returns log(p / (1 - p)), with p kept at least 2⁻⁵² away from 0 and 1: the same shape
 */
export function toLogOdds(probabilities: Columns): Float64Array[] {
  return probabilities.map((column) =>
    column.map((probability) => {
      const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
      return Math.log(p / (1 - p));
    }),
  );
}
