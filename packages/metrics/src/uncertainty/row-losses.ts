/** What each row contributes, for metrics that are a mean over rows: the score of the row alone. */
import type { ScoredRows } from './scored-rows.ts';

export interface RowLosses {
  /** What a loss is, in words. */
  what: string;
  /** The score is the mean over these columns of their mean over rows, or of its root: [columns][rows]. */
  columns: Float64Array[];
  root: boolean;
}

const meanOfRows =
  /^(mse|mae|log-loss|brier|hinge|accuracy|(map|mrr|ndcg)(@\d+)?|(f1|fbeta|precision|recall|jaccard)-samples.*)$/;
const rootOfMean = ['rmse', 'mcrmse', 'rmsle'];

/** @returns undefined for other metrics */
export function rowLosses({ metric, truth, predictions }: ScoredRows): RowLosses | undefined {
  const { name, score } = metric;
  if (rootOfMean.includes(name)) {
    const columns = truth.map((column, c) =>
      column.map(
        (_, row) => score([column.subarray(row, row + 1)], [predictions[c]!.subarray(row, row + 1)]) ** 2,
      ),
    );
    return {
      what: `the row's squared error${name === 'rmsle' ? ' of log(1 + x)' : ''}`,
      columns,
      root: true,
    };
  }
  if (!meanOfRows.test(name)) return undefined;
  const alone = truth[0]!.map((_, row) =>
    score(
      truth.map((column) => column.subarray(row, row + 1)),
      predictions.map((column) => column.subarray(row, row + 1)),
    ),
  );
  return { what: `the row's own ${name}`, columns: [alone], root: false };
}
