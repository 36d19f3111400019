/** What a post-processing is: a change of predictions, tuned to a metric, between the model and the submission. */
import type { z } from 'zod';
import type { Columns, Metric, MetricTask } from '../metric.ts';

/** The rows that parameters are fitted to: out-of-fold predictions, so that no model saw its own rows. */
export interface TuningRows {
  task: MetricTask;
  metric: Metric;
  /** [targets][rows] */
  truth: Columns;
  /** As a model gives them: numbers, [targets][rows]; or probabilities of 1, [labels][rows], or of each class, [classes][rows]. */
  predictions: Columns;
  /** [rows] */
  weights?: Float64Array | undefined;
}

/** Numbers by name, as they are kept in JSON. */
export type Parameters = Readonly<
  Record<string, number | readonly number[] | readonly (readonly number[])[]>
>;

/** What of it a pipeline may give instead of having it fitted, by name. */
export type SettingsShape = Readonly<Record<string, z.ZodType>>;

export interface PostProcessing<Settings extends object = object> {
  name: string;
  description: string;
  tasks: readonly MetricTask[];
  /** Optional ones: whatever is not given is fitted. */
  settings: SettingsShape;
  /** @returns what is wrong with settings of which each is right by itself; undefined where nothing is */
  check?: (settings: Settings) => string | undefined;
  /** Whether it makes classes of the probabilities of a task, where `apply` of others keeps what they are. */
  decides: boolean;
  /** Whether the metric takes what it makes, and can be the better for it. */
  suits: (metric: Pick<Metric, 'takes'>, task: MetricTask) => boolean;
  /**
   * @returns the parameters with the best score on these rows
   * @throws Error for rows that it cannot be fitted to
   */
  fit: (rows: TuningRows, settings: Settings) => Parameters;
  /**
   * @param predictions of other rows, as in `TuningRows`
   * @returns predictions as the metric takes them, [targets][rows] or [classes][rows]
   */
  apply: (parameters: Parameters, predictions: Columns, task: MetricTask) => Float64Array[];
}

export type SettingsOf<Shape extends SettingsShape> = z.output<z.ZodObject<Shape>>;
