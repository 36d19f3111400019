/** What a metric is: a score of predictions against the truth, both given as columns. */

export type MetricTask = 'regression' | 'binary' | 'multi-class' | 'multi-label' | 'ordinal';

export interface Metric {
  name: string;
  /** Which of two scores is the better one. */
  direction: 'lower' | 'higher';
  tasks: readonly MetricTask[];
  /**
   * What the predictions are. Numbers: [targets][rows], for ordinal tasks the index of the class. Probabilities: of 1,
   * [labels][rows], or of each class, [classes][rows]. Classes: indices, or 0 and 1, [targets][rows]. `asTaken` makes
   * them of what a model predicts.
   */
  takes: 'numbers' | 'probabilities' | 'classes';
  /**
   * @param truth numbers, 0 and 1, or the index of the class: [targets][rows]
   * @returns the score; NaN where the metric is not defined, as its file says
   * @throws Error for no rows, lengths that differ, NaN, and values that are not what the metric takes
   */
  score(truth: Columns, predictions: Columns): number;
}

export type Columns = readonly Float64Array[];
