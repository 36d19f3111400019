/** What training gives: the scores of a run's folds and, when all are done, its predictions and its submission. */
import { join } from 'node:path';
import { fittingPostProcessings, type TunedPostProcessing } from '@foldwise/metrics';
import type { FoldMetrics, Run, RunMetrics } from '@foldwise/runs';
import type { ColumnTable } from 'arquero';
import { readRows } from './prediction-table.ts';

interface Parts {
  folds: FoldMetrics[];
  metrics: RunMetrics | undefined;
  warnings: readonly string[];
  done: number[];
  missing: number[];
}

export class TrainedRun {
  readonly name: string;
  readonly pipeline: string;
  /** Absolute. */
  readonly folder: string;
  readonly metric: { name: string; direction: 'lower' | 'higher' };
  /** Of the folds that were asked for, in their order. */
  readonly folds: readonly FoldMetrics[];
  /** How many folds the run has. */
  readonly foldCount: number;
  /** Folds of the run that are done, and that are not. */
  readonly done: readonly number[];
  readonly missing: readonly number[];
  /** Undefined while folds are missing. */
  readonly metrics: RunMetrics | undefined;
  /** About the submission. */
  readonly warnings: readonly string[];
  /** Which post-processings suit the metric and the task, the usual one first. */
  readonly fittingPostProcessings: readonly TunedPostProcessing['kind'][];

  constructor(
    { name, config, folder, metric, split, competition }: Run,
    { folds, metrics, warnings, done, missing }: Parts,
  ) {
    this.name = name;
    this.pipeline = config.name;
    this.folder = folder;
    this.metric = { name: metric.name, direction: metric.direction };
    this.folds = folds;
    this.foldCount = split.count;
    this.done = done;
    this.missing = missing;
    this.metrics = metrics;
    this.warnings = warnings;
    this.fittingPostProcessings = fittingPostProcessings(metric, competition.manifest.task);
  }

  /** On all held-out rows; null where the metric is not defined, undefined while folds are missing. */
  get score(): number | null | undefined {
    return this.metrics?.score;
  }

  /** Absolute; the file is there once no fold is missing. */
  get submission(): string {
    return join(this.folder, 'submission.csv');
  }

  /**
   * The out-of-fold predictions: a row for each held-out row, its id first, then a number for each target or class.
   *
   * @throws Error while folds are missing
   */
  oof(): Promise<ColumnTable> {
    return this.rows('oof.csv');
  }

  /** The mean of the folds' predictions of the test rows, in columns as `oof`. */
  test(): Promise<ColumnTable> {
    return this.rows('test.csv');
  }

  private rows(file: string): Promise<ColumnTable> {
    if (this.missing.length > 0)
      throw new Error(
        `the run ${this.name} lacks fold ${this.missing.join(', ')}, and has no ${file} before they are trained`,
      );
    return readRows(join(this.folder, file));
  }
}
