/** For tests: members and what the references make of them, as fixtures/make_reference.py wrote them. */
import { readFileSync } from 'node:fs';
import { findMetric, type MetricTask } from '@foldwise/metrics';
import type { Problem } from '../problem/problem.ts';

interface SelectionCase {
  metric: string;
  size: number;
  order: number[];
  weights: number[];
}

interface RidgeCase {
  coefficients: number[];
  intercept: number;
  alpha: number;
  test: number[];
}

interface ClassificationCase {
  truth: number[][];
  members: number[][][];
  logistic: { coefficients: number[][]; intercepts: number[]; probabilities: number[][] };
  selection: SelectionCase[];
}

export const reference = JSON.parse(
  readFileSync(new URL('../../fixtures/reference.json', import.meta.url), 'utf8'),
) as {
  regression: {
    truth: number[][];
    fold: number[];
    members: number[][][];
    test: number[][][];
    stacking: RidgeCase;
    stackingCv: RidgeCase;
    nnls: number[];
    simplex: number[];
    selection: SelectionCase[];
    meanRanks: number[];
  };
  minima: { start: number[]; adaptive: boolean; x: number[]; value: number; evaluations: number }[];
  blendMinimum: { x: number[]; value: number };
  binary: ClassificationCase;
  classes: ClassificationCase;
};

/** The names that the references have for our metrics. */
const names: Readonly<Record<string, string>> = {
  root_mean_squared_error: 'rmse',
  mean_absolute_error: 'mae',
  log_loss: 'log-loss',
  roc_auc: 'roc-auc',
};

export function referenceProblem(
  task: MetricTask,
  { truth, members }: { truth: number[][]; members: number[][][] },
  metric: string,
): Problem {
  return {
    task,
    metric: findMetric(names[metric] ?? metric, task),
    truth: truth.map((column) => Float64Array.from(column)),
    members: members.map(toColumns),
  };
}

export const toColumns = (columns: number[][]): Float64Array[] =>
  columns.map((column) => Float64Array.from(column));
