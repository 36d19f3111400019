/** Blends runs, and writes the blend as a run's results are written. */
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeTable } from '@foldwise/data';
import { blendMean, type Blend, type Member } from '@foldwise/ensemble';
import { findMetric } from '@foldwise/metrics';
import type { FinishedRun, ListedRun, Predictions } from '@foldwise/train';
import type { Opened } from './open-workspace.ts';

export interface EnsembleMetrics {
  format: 1;
  metric: string;
  direction: 'lower' | 'higher';
  /** On all out-of-fold predictions together; null where it is not defined. */
  score: number | null;
  scores: Record<string, number | null>;
  rows: { train: number; test: number };
}

/**
 * @param runs complete ones, two or more
 * @returns the blend's scores, and each member's by the same metric
 * @throws Error for runs whose folds, rows or columns differ, or that are of other data than the competition's
 */
export async function writeEnsemble(
  { pipeline, competition, data }: Opened,
  runs: readonly ListedRun[],
  folder: string,
): Promise<{
  metrics: EnsembleMetrics;
  members: { name: string; configHash: string; score: number | null }[];
}> {
  const { dataHashes, prepareSubmission, readRun, scoreAll, submissionRun, writeJson } =
    await import('@foldwise/train');
  const { manifest, train, test } = competition;
  const metric = findMetric(pipeline.metric ?? manifest.metric, manifest.task);
  const finished = await Promise.all(runs.map((run) => readRun(run.folder)));
  // Not every row is held out by a time series or a hold-out, but all runs have the same folds.
  const predicted = new Set(finished[0]!.oof.ids);
  const isWhole = finished[0]!.metrics.rows?.oof === undefined;
  const rows = Array.from(train.ids.keys()).filter((row) => isWhole || predicted.has(train.ids[row]!));
  const ids = rows.map((row) => train.ids[row]!);
  const truth = train.targets.map((target) => Float64Array.from(rows, (row) => target[row]!));
  const oof = inOrder(blendMean(finished.map((run) => asMember(run, run.oof))), ids, runs[0]!.name);
  const tests = inOrder(blendMean(finished.map((run) => asMember(run, run.test))), test.ids, runs[0]!.name);
  const score = (predictions: Predictions): Record<string, number | null> =>
    scoreAll(metric, manifest.task, truth, inOrder(predictions, ids, runs[0]!.name).values);
  const members = finished.map(({ record, oof: own }) => {
    const { name, configHash } = record;
    return { name, configHash, score: score(own)[metric.name] ?? null };
  });

  const submission = prepareSubmission(competition, metric, tests, basename(folder));
  await mkdir(folder, { recursive: true });
  const header = [manifest.columns.id, ...oof.columns];
  await writeTable(join(folder, 'oof.csv'), header, [oof.ids, ...oof.values]);
  await writeTable(join(folder, 'test.csv'), header, [tests.ids, ...tests.values]);
  const scores = score(oof);
  const metrics: EnsembleMetrics = {
    format: 1,
    metric: metric.name,
    direction: metric.direction,
    score: scores[metric.name] ?? null,
    scores,
    rows: { train: oof.ids.length, test: tests.ids.length },
  };
  await submission.write(folder, {
    pipeline: pipeline.name,
    runs: await Promise.all(runs.map((run) => submissionRun(run.folder))),
    blend: { method: 'mean' },
    score: { metric: metric.name, value: metrics.score },
    data: await dataHashes(data, manifest),
  });
  await writeJson(join(folder, 'metrics.json'), metrics);
  const { foldsHash } = finished[0]!.record;
  const created = new Date().toISOString();
  await writeJson(join(folder, 'run.json'), {
    format: 1,
    kind: 'ensemble',
    method: 'mean',
    members,
    foldsHash,
    created,
  });
  return { metrics, members };
}

function asMember({ record }: FinishedRun, { ids, columns, values }: Predictions): Member {
  return { name: record.name, foldsHash: record.foldsHash, ids, columns, predictions: values };
}

/** The competition's rows may have changed since the runs. */
function inOrder(blend: Blend | Predictions, ids: string[], run: string): Predictions {
  const columns = 'values' in blend ? blend.values : blend.predictions;
  const rowOf = new Map(blend.ids.map((id, row) => [id, row]));
  const rows = ids.map((id) => rowOf.get(id) ?? -1);
  const missing = rows.indexOf(-1);
  if (missing >= 0 || blend.ids.length !== ids.length)
    throw new Error(
      `the run ${run} was trained on other data: it has ${blend.ids.length} rows and the competition ${ids.length}` +
        `${missing >= 0 ? `, such as ${JSON.stringify(ids[missing])}` : ''}; train it anew`,
    );
  return {
    ids,
    columns: blend.columns,
    values: columns.map((column) => Float64Array.from(rows, (row) => column[row]!)),
  };
}
