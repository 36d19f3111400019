/** Blends the runs of a pipeline: reads them, makes sure that they belong together, and puts their rows into one order. */
import {
  alignMembers,
  areFixed,
  blendMembers,
  type Blend,
  type BlendMembersOptions,
  type Member,
} from '@foldwise/ensemble';
import { findMetric } from '@foldwise/metrics';
import type { FinishedRun, ListedRun, Predictions, RunMetrics, RunRecord } from '@foldwise/runs';
import type { Opened } from '../workspace/open-workspace.ts';

export interface BlendMember {
  name: string;
  configHash: string;
  score: number | null;
}

export interface BlendedRuns extends Omit<Blend, 'scores' | 'oof' | 'test'> {
  members: BlendMember[];
  /** Whether all targets share their weights. */
  shared: boolean;
  /** Of the rows that the runs held out: [targets][rows]. */
  truth: Float64Array[];
  /** Of the chosen method: nested, in the order of the train rows. */
  oof: Predictions;
  /** Of the chosen method, fitted to all train rows. */
  test: Predictions;
}

/**
 * @param runs complete ones, one or more
 * @throws Error for runs whose data, folds, rows or columns differ, or that are of other data than the competition's
 */
export async function blendRuns(
  { pipeline, competition }: Opened,
  runs: readonly ListedRun[],
  options: BlendMembersOptions,
): Promise<BlendedRuns> {
  const { readRun, rowFolds } = await import('@foldwise/runs');
  const { manifest, train, test } = competition;
  const finished = await Promise.all(runs.map((run) => readRun(run.folder)));
  refuseOtherData(finished);
  const rows = heldOutRows(finished[0]!, train.ids);
  const ids = rows.map((row) => train.ids[row]!);
  const truth = train.targets.map((target) => Float64Array.from(rows, (row) => target[row]!));
  const members = alignMembers(finished.map((run) => asMember(run, inOrder(run.oof, ids, run))));
  const tests = alignMembers(finished.map((run) => asMember(run, inOrder(run.test, test.ids, run))));
  const problem = {
    task: manifest.task,
    metric: findMetric(pipeline.metric ?? manifest.metric, manifest.task),
    truth,
    members,
    names: finished.map(({ record }) => record.name),
    targets: manifest.columns.target,
  };
  // Where the truth plays no part, nor do the folds.
  const folds = areFixed(options.methods) ? new Int32Array(ids.length) : await rowFolds(runs[0]!, ids);
  const { scores, oof, test: blended, ...blend } = await blendMembers(problem, tests, folds, options);
  const { columns } = finished[0]!.oof;
  return {
    ...blend,
    members: finished.map(({ record: { name, configHash } }, m) => ({ name, configHash, score: scores[m]! })),
    shared: options.shared ?? false,
    truth,
    oof: { ids, columns, values: oof },
    test: { ids: test.ids, columns, values: blended },
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
