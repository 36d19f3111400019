/**
 * Tunes a post-processing on out-of-fold predictions, and tells what it is worth by nested folds: the rows of each fold
 * are scored with parameters that were fitted to the rows of the others, so none is scored with its own label's help.
 */
import { asTaken } from '../columns/as-taken.ts';
import { findPostProcessing } from './find-post-processing.ts';
import type { Columns } from '../metric.ts';
import type { PostProcessingSetting } from './post-processings.ts';
import type { Parameters, TuningRows } from './post-processing.ts';

/** Scores are null, as in JSON, where the metric is not defined. */
export interface TunedPostProcessing {
  kind: PostProcessingSetting['kind'];
  /** Fitted to all rows: those for rows whose truth is not known. */
  parameters: Parameters;
  /** The score without it. */
  plain: number | null;
  /** Each row with parameters that were fitted to the other folds' rows: what to expect of new rows. */
  nested: number | null;
  /** All rows with the parameters that were fitted to them, which is too good to be expected again. */
  optimistic: number | null;
  /** In the order of the folds' numbers. */
  folds: { fold: number; parameters: Parameters; plain: number | null; nested: number | null }[];
}

/**
 * @param rows out-of-fold predictions
 * @param assignment the fold of each row: [rows]
 * @throws Error for a kind that does not fit the task or the metric, fewer than two folds, and rows that the kind cannot
 * be fitted to
 */
export function tunePostProcessing(
  rows: TuningRows,
  assignment: ArrayLike<number>,
  { kind, ...settings }: PostProcessingSetting,
): TunedPostProcessing {
  const { task, metric } = rows;
  const { fit, apply } = findPostProcessing(kind, metric, task);
  const numbers = [...new Set(Array.from(assignment))].sort((a, b) => a - b);
  if (numbers.length < 2)
    throw new Error(`post-processing is tuned by nested folds and needs two or more, got ${numbers.length}`);
  const score = ({ truth, weights }: TuningRows, taken: Columns): number | null => {
    const value = metric.score(truth, taken, weights);
    return Number.isNaN(value) ? null : value;
  };
  const plain = (part: TuningRows): number | null => score(part, asTaken(metric, task, part.predictions));

  const nested: Float64Array[] = [];
  const folds = numbers.map((fold) => {
    const own = take(rows, (row) => assignment[row] === fold);
    const parameters = fit(
      take(rows, (row) => assignment[row] !== fold),
      settings,
    );
    const applied = apply(parameters, own.predictions, task);
    applied.forEach((column, c) => {
      nested[c] ??= new Float64Array(assignment.length);
      let next = 0;
      for (let row = 0; row < assignment.length; row++)
        if (assignment[row] === fold) nested[c][row] = column[next++]!;
    });
    return { fold, parameters, plain: plain(own), nested: score(own, applied) };
  });
  const parameters = fit(rows, settings);
  return {
    kind,
    parameters,
    plain: plain(rows),
    nested: score(rows, nested),
    optimistic: score(rows, apply(parameters, rows.predictions, task)),
    folds,
  };
}

function take(rows: TuningRows, wanted: (row: number) => boolean): TuningRows {
  const of = (column: Float64Array): Float64Array => column.filter((_, row) => wanted(row));
  return {
    ...rows,
    truth: rows.truth.map(of),
    predictions: rows.predictions.map(of),
    weights: rows.weights && of(rows.weights),
  };
}
