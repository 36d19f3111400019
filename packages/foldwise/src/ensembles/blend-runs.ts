/** Blends the runs of a pipeline by one method or several, and says how good each is. */
import {
  alignMembers,
  crossFit,
  errorCorrelation,
  findMethod,
  selectByFold,
  type CrossFit,
  type Member,
  type Problem,
} from '@foldwise/ensemble';
import { asTaken, findMetric, type Metric } from '@foldwise/metrics';
import type { FinishedRun, ListedRun, Predictions, RunMetrics, RunRecord } from '@foldwise/runs';
import type { Opened } from '../workspace/open-workspace.ts';

export interface BlendMember {
  name: string;
  configHash: string;
  score: number | null;
}

/** How a method did. */
export interface MethodScores {
  method: string;
  /** Each row blended by what the other folds gave; null where the metric is not defined. */
  nested: number | null;
  /** Fitted to the rows that it is scored on. */
  optimistic: number | null;
  /** Fitted to all rows: by the target's name, then the run's. Undefined where members have no single weight. */
  weights?: Record<string, Record<string, number>>;
  /** What else was fitted, such as an intercept, by the target's name. */
  settings?: Record<string, Readonly<Record<string, number>>>;
}

export interface BlendedRuns {
  members: BlendMember[];
  /** Of the members' errors: [members][members]. */
  correlation: number[][];
  /** From the best nested score down. */
  tried: MethodScores[];
  /** Methods that could not be fitted to these rows, and why. */
  failed: { method: string; reason: string }[];
  chosen: MethodScores;
  /** The score of blending each fold by the method whose nested score is best on the other folds; of several methods. */
  selected: number | null | undefined;
  /** Whether all targets share their weights. */
  shared: boolean;
  /** Of the rows that the runs held out: [targets][rows]. */
  truth: Float64Array[];
  /** Of the chosen method: nested, in the order of the train rows. */
  oof: Predictions;
  /** Of the chosen method, fitted to all train rows. */
  test: Predictions;
}

export interface BlendRunsOptions {
  methods: readonly string[];
  /** Whether all targets share their weights. */
  shared?: boolean;
  onMethod?: (method: string, done: number) => void;
}

/**
 * @param runs complete ones, one or more
 * @throws Error for runs whose data, folds, rows or columns differ, or that are of other data than the competition's
 */
export async function blendRuns(
  { pipeline, competition }: Opened,
  runs: readonly ListedRun[],
  { methods, shared = false, onMethod }: BlendRunsOptions,
): Promise<BlendedRuns> {
  const { readRun, rowFolds } = await import('@foldwise/runs');
  const { manifest, train, test } = competition;
  const finished = await Promise.all(runs.map((run) => readRun(run.folder)));
  refuseOtherData(finished);
  const rows = heldOutRows(finished[0]!, train.ids);
  const ids = rows.map((row) => train.ids[row]!);
  const truth = train.targets.map((target) => Float64Array.from(rows, (row) => target[row]!));
  const oof = alignMembers(finished.map((run) => asMember(run, inOrder(run.oof, ids, run))));
  const tests = alignMembers(finished.map((run) => asMember(run, inOrder(run.test, test.ids, run))));
  const metric = findMetric(pipeline.metric ?? manifest.metric, manifest.task);
  const problem: Problem = { task: manifest.task, metric, truth, members: oof };
  // Where the truth plays no part, nor do the folds.
  const isFixed = methods.every((method) => findMethod(method).isFixed);
  const folds = isFixed ? new Int32Array(ids.length) : await rowFolds(runs[0]!, ids);

  const fitted: { scores: MethodScores; fit: CrossFit }[] = [];
  const failed: BlendedRuns['failed'] = [];
  for (const [done, method] of methods.entries()) {
    onMethod?.(method, done);
    try {
      const fit = await crossFit(findMethod(method), problem, folds, shared);
      const [nested, optimistic] = [scoreOf(problem, fit.nested), scoreOf(problem, fit.optimistic)];
      const described = describeFit(fit, manifest.columns.target, finished);
      fitted.push({ scores: { method, nested, optimistic, ...described }, fit });
    } catch (error) {
      if (methods.length === 1) throw error;
      failed.push({ method, reason: (error as Error).message });
    }
  }
  if (fitted.length === 0)
    throw new Error(failed.map(({ method, reason }) => `${method}: ${reason}`).join('\n'));
  const cost = costOf(metric);
  const ranked = fitted.sort((a, b) => cost(a.scores.nested) - cost(b.scores.nested));
  const { fit, scores: chosen } = ranked[0]!;
  const { columns } = finished[0]!.oof;
  return {
    members: finished.map(({ record: { name, configHash } }, m) => ({
      name,
      configHash,
      score: scoreOf(problem, oof[m]!),
    })),
    correlation: errorCorrelation(problem),
    tried: ranked.map(({ scores }) => scores),
    failed,
    chosen,
    selected:
      ranked.length === 1
        ? undefined
        : scoreOf(
            problem,
            selectByFold(
              problem,
              ranked.map(({ fit }) => fit.nested),
              folds,
            ),
          ),
    shared,
    truth,
    oof: { ids, columns, values: fit.nested },
    test: { ids: test.ids, columns, values: fit.blender.blend(tests) },
  };
}

/** @returns a score as a number of which less is better; one that is not defined is the worst */
export function costOf({ direction }: Pick<Metric, 'direction'>): (score: number | null) => number {
  const sign = direction === 'lower' ? 1 : -1;
  return (score) => (score === null ? Infinity : sign * score);
}

function scoreOf({ metric, task, truth }: Problem, predictions: readonly Float64Array[]): number | null {
  const score = metric.score(truth, asTaken(metric, task, predictions));
  return Number.isNaN(score) ? null : score;
}

function describeFit(
  { blender }: CrossFit,
  targets: readonly string[],
  runs: readonly FinishedRun[],
): Pick<MethodScores, 'weights' | 'settings'> {
  const byTarget = <T>(of: (target: CrossFit['blender']['targets'][0]) => T): Record<string, T> =>
    Object.fromEntries(blender.targets.map((target, t) => [targets[t]!, of(target)]));
  const [first] = blender.targets;
  return {
    ...(first?.weights && {
      weights: byTarget(({ weights }) =>
        Object.fromEntries(runs.map(({ record }, m) => [record.name, weights![m]!])),
      ),
    }),
    ...(first?.settings && { settings: byTarget(({ settings }) => settings!) }),
  };
}

function asMember({ record }: FinishedRun, { ids, columns, values }: Predictions): Member {
  return { name: record.name, foldsHash: record.foldsHash, ids, columns, predictions: values };
}

/** Rows may be the same and their targets not. Runs of older versions do not say what they were trained on. */
function refuseOtherData([first, ...others]: readonly FinishedRun[]): void {
  const trainFile = ({ record }: { record: Partial<RunRecord> }) => record.data?.train;
  for (const run of others) {
    const [mine, theirs] = [trainFile(run), trainFile(first!)];
    if (mine !== theirs)
      throw new Error(
        `${run.record.name} cannot be blended with ${first!.record.name}: they were trained on different train files ` +
          `(${mine?.slice(0, 8)} and ${theirs?.slice(0, 8)}); train both on the same file`,
      );
  }
}

/** Not every row is held out by a time series or a hold-out, but all runs have the same folds. */
function heldOutRows(
  { oof, metrics }: { oof: Predictions; metrics: Partial<RunMetrics> },
  ids: readonly string[],
): number[] {
  const isWhole = metrics.rows?.oof === undefined;
  const predicted = new Set(oof.ids);
  return [...ids.keys()].filter((row) => isWhole || predicted.has(ids[row]!));
}

/** The competition's rows may have changed since the runs. */
function inOrder(predictions: Predictions, ids: string[], { record }: FinishedRun): Predictions {
  const rowOf = new Map(predictions.ids.map((id, row) => [id, row]));
  const rows = ids.map((id) => rowOf.get(id) ?? -1);
  const missing = rows.indexOf(-1);
  if (missing >= 0 || predictions.ids.length !== ids.length)
    throw new Error(
      `the run ${record.name} was trained on other data: it has ${predictions.ids.length} rows and the competition ${ids.length}` +
        `${missing >= 0 ? `, such as ${JSON.stringify(ids[missing])}` : ''}; train it anew`,
    );
  return {
    ids,
    columns: predictions.columns,
    values: predictions.values.map((column) => Float64Array.from(rows, (row) => column[row]!)),
  };
}
