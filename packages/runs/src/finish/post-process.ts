/** Tunes the pipeline's post-processing on out-of-fold predictions, and applies it to those of the test rows. */
import type { Task } from '@foldwise/data';
import {
  postProcessings,
  tunePostProcessing,
  type Columns,
  type Metric,
  type PostProcessingSetting,
} from '@foldwise/metrics';
import type { PostProcessingRecord } from '../run/run-metrics.ts';

/** Of a single hold-out, whose rows are dealt to as many parts as a run has folds by default. */
const PARTS = 5;

export interface PostProcessed {
  record: PostProcessingRecord;
  /** Predictions of the test rows; classes, [targets][rows], where they are decided, else as they were given. */
  test: { values: Float64Array[]; decided: boolean };
}

/**
 * @param truth of the held-out rows: [targets][rows]
 * @param oof their predictions
 * @param fold the fold that holds each of them out: [rows]
 * @param test predictions of the test rows
 * @throws Error for a kind that does not fit the task, the metric or the rows
 */
export function postProcess(
  setting: PostProcessingSetting,
  {
    task,
    metric,
    truth,
    oof,
    fold,
    test,
  }: { task: Task; metric: Metric; truth: Columns; oof: Columns; fold: Int32Array; test: Columns },
): PostProcessed {
  const single = fold.every((number) => number === fold[0]);
  const parts = single ? fold.map((_, row) => row % PARTS) : fold;
  const tuned = tunePostProcessing({ task, metric, truth, predictions: oof }, parts, setting);
  const { [setting.kind]: kind } = postProcessings;
  return {
    record: { setting, ...tuned },
    test: {
      values: kind.apply(tuned.parameters, test, task),
      decided: kind.decides && task !== 'regression',
    },
  };
}
