/** What a metric is: a score of predictions against the truth, both given as columns. */

export type MetricTask = 'regression' | 'binary' | 'multi-class' | 'multi-label' | 'ordinal';

export interface Metric {
  /** As people write it, with its parameter: `rmse`, `f1-macro`, `fbeta:2`, `map@3`. */
  name: string;
  /** Which of two scores is the better one. */
  direction: 'lower' | 'higher';
  tasks: readonly MetricTask[];
  /**
   * What the predictions are; `asTaken` makes them of what a model predicts. Numbers: [targets][rows], for ordinal tasks
   * the index of the class, for binary and multi-class ones log-odds. Probabilities: of 1, [labels][rows], or of each
   * class, [classes][rows]. Classes: indices, or 0 and 1, [targets][rows]. Ranks: scores whose order alone matters, of
   * each target, label or class.
   */
  takes: 'numbers' | 'probabilities' | 'classes' | 'ranks';
  /** Whether `score` takes weights of rows; where it is false, weights are an error. */
  takesWeights: boolean;
  /**
   * @param truth numbers, 0 and 1, or the index of the class: [targets][rows]
   * @param weights how much each row counts, 0 or more: [rows]; undefined means all alike
   * @returns the score; NaN where the metric is not defined, as its file says
   * @throws Error for no rows, lengths that differ, NaN, and values that are not what the metric takes
   */
  score: (truth: Columns, predictions: Columns, weights?: Float64Array) => number;
}

export type Columns = readonly Float64Array[];
