/** Scores a file of predictions against a file of the truth, says how sure that is, and which rows cost most. */
import { resolve } from 'node:path';
import { readTable, type FileTable } from '@foldwise/data';
import {
  bootstrap,
  costliestRows,
  findMetric,
  jackknife,
  scoreCounter,
  tunePostProcessing,
  type BootstrapInterval,
  type CostliestRows,
  type Metric,
  type MetricTask,
  type TunedPostProcessing,
} from '@foldwise/metrics';
import { z } from 'zod';
import { common, parseOptions, text, type OptionsOf } from '../options/options.ts';
import { joinById, type Joined } from './join-by-id.ts';
import { scoredColumns, type ScoredColumns } from './scored-columns.ts';
import { scoredRows, type Scored } from './scored-rows.ts';
import { asUse, UsageError } from '../usage-error.ts';

/** Nested parts, where no column tells of folds. */
const PARTS = 5;

const count = z.int().min(0).max(1e6);

const shape = {
  signal: common.signal,
  onProgress: common.onProgress,
  /** A table of predictions, such as a submission or oof.csv. */
  predictions: text,
  /** A table with the true values. */
  truth: text,
  /** Such as `rmse`, `roc-auc`, `f1-macro` or `map@3`. */
  metric: text,
  /** What the predictions are of; default: what the metric and the files suggest. */
  task: z.enum(['regression', 'binary', 'multi-class', 'multi-label', 'ordinal']).optional(),
  /** Columns of the truth; default: see `scoredColumns`. */
  targets: z.array(text).min(1).optional(),
  /** The column of ids; default: the predictions' first. */
  id: text.optional(),
  /** A column of the truth: how much each row counts. */
  weights: text.optional(),
  /** How often to draw rows anew for the interval; 0 for none. */
  bootstrap: count.default(1000),
  /** Of the draws. */
  seed: z.int().min(0).default(0),
  /** How many of the costliest rows to tell. */
  rows: count.default(5),
  /** Also scores with this, tuned by nested folds. */
  postProcessing: z.enum(['threshold', 'cut-points', 'clip', 'rank', 'round']).optional(),
  /** A column of the truth with the fold of each row; default: five parts. */
  folds: text.optional(),
};

export type ScoreOptions = OptionsOf<typeof shape>;

export interface FileScore {
  metric: string;
  direction: Metric['direction'];
  task: MetricTask;
  score: number;
  rows: number;
  /** Of the truth. */
  columns: string[];
  weights?: string;
  /** Undefined where none was asked for, and where there is none, as for one row. */
  interval?: BootstrapInterval;
  costs: {
    what: string;
    /** Whether only the rows whose predictions are furthest from the truth by rank were looked at. */
    screened: boolean;
    rows: { id: string; truth: Cells; prediction: Cells; cost: number; alike: number }[];
  };
  postProcessing?: TunedPostProcessing;
  notes: string[];
}

type Cells = Record<string, string>;

/**
 * @throws UsageError for an unknown metric, and columns that are not there; Error for rows that do not match, cells that
 * are not numbers, and a score that is not defined
 */
export async function score(asked: ScoreOptions): Promise<FileScore> {
  const options = parseOptions('score', shape, asked);
  const { weights, folds, seed, signal, onProgress } = options;
  if (folds !== undefined && options.postProcessing === undefined)
    throw new UsageError('tells how a post-processing is tuned, and needs postProcessing', {
      option: 'folds',
    });
  const metric = asUse(() => findMetric(options.metric));
  const files = {
    predictions: await readTable(resolve(options.predictions)),
    truth: await readTable(resolve(options.truth)),
  };
  const id = options.id ?? files.predictions.header[0]!;
  const others = [weights, folds].filter((name) => name !== undefined);
  const columns = scoredColumns(files.predictions, files.truth, { id, asked: options.targets, others });
  const joined = joinById(files.predictions, files.truth, id);
  const scored = scoredRows(files, joined, columns, { metric, weights, asked: options.task });
  const rows = { metric, ...scored };
  const value = metric.score(scored.truth, scored.predictions, scored.weights);
  if (Number.isNaN(value))
    throw new Error(`${metric.name} is not defined for these ${joined.ids.length} rows`);

  const counter = scoreCounter(rows);
  const left = options.bootstrap > 0 || options.rows > 0 ? jackknife(counter) : undefined;
  const start = performance.now();
  let last = start;
  const interval =
    options.bootstrap > 0
      ? await bootstrap(counter, left!, {
          resamples: options.bootstrap,
          seed,
          onResample: async (done) => {
            if (performance.now() - last < 50) return;
            if (performance.now() - start > 1000)
              onProgress?.({ kind: 'work', what: 'bootstrap', done, total: options.bootstrap });
            await new Promise((resume) => setImmediate(resume));
            signal?.throwIfAborted();
            last = performance.now();
          },
        })
      : undefined;
  const costliest = left && options.rows > 0 ? costliestRows(rows, counter, left, options.rows) : undefined;
  return {
    metric: metric.name,
    direction: metric.direction,
    task: scored.task,
    score: value,
    rows: joined.ids.length,
    columns: columns.kind === 'targets' ? columns.targets : [columns.target],
    ...(weights !== undefined && { weights }),
    ...(interval && { interval }),
    costs: costsOf(costliest, files, joined, columns),
    ...(options.postProcessing && {
      postProcessing: tune(options.postProcessing, metric, scored, files.truth, joined, folds),
    }),
    notes: scored.notes,
  };
}

function costsOf(
  costliest: CostliestRows | undefined,
  { predictions, truth }: { predictions: FileTable; truth: FileTable },
  joined: Joined,
  columns: ScoredColumns,
): FileScore['costs'] {
  const { what = '', screened = false, rows = [] } = costliest ?? {};
  const cellsOf = ({ table }: FileTable, names: string[], row: number): Cells =>
    Object.fromEntries(names.map((name) => [name, (table.array(name) as string[])[row]!]));
  const [truths, predicted] =
    columns.kind === 'targets' ? [columns.targets, columns.targets] : [[columns.target], columns.columns];
  return {
    what,
    screened,
    rows: rows.map(({ row, cost, alike }) => ({
      id: joined.ids[row]!,
      truth: cellsOf(truth, truths, joined.truth[row]!),
      prediction: cellsOf(predictions, predicted, joined.predictions[row]!),
      cost,
      alike,
    })),
  };
}

function tune(
  kind: TunedPostProcessing['kind'],
  metric: Metric,
  { task, truth, raw, weights }: Scored,
  file: FileTable,
  joined: Joined,
  column: string | undefined,
): TunedPostProcessing {
  if (!raw)
    throw new Error(
      `the post-processing "${kind}" needs predictions that are numbers, such as probabilities`,
    );
  const names = column === undefined ? undefined : (file.table.array(column) as string[]);
  const numbers = new Map<string, number>();
  const assignment = joined.truth.map((row, i) => {
    if (!names) return i % PARTS;
    const name = names[row]!.trim();
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  });
  return tunePostProcessing({ task, metric, truth, predictions: raw, weights }, assignment, { kind });
}
