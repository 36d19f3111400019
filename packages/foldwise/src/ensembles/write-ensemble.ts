/** Blends runs, and writes the blend as a run's results are written. */
import { type Task, writeJson, writeTable } from '@foldwise/data';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { asTaken, findMetric, type Columns, type Metric } from '@foldwise/metrics';
import type { BlendMembersOptions } from '@foldwise/ensemble';
import { blendRuns, type BlendedRuns } from './blend-runs.ts';
import type { ListedRun, Predictions } from '@foldwise/runs';
import type { EnsembleMetrics, EnsembleRecord } from './ensemble-record.ts';
import type { Opened } from '../workspace/open-workspace.ts';

/**
 * Writes `oof.csv` (nested), `test.csv`, `submission.csv`, `metrics.json` of that `oof.csv`, and `run.json` with what was
 * fitted.
 *
 * @param runs complete ones
 * @param options by the mean unless it says otherwise
 * @throws Error as `blendRuns`, and for a submission that must not be; nothing is written then
 */
export async function writeEnsemble(
  opened: Opened,
  runs: readonly ListedRun[],
  folder: string,
  options: BlendMembersOptions = { methods: ['mean'] },
): Promise<{ metrics: EnsembleMetrics; blended: BlendedRuns }> {
  const blended = await blendRuns(opened, runs, options);
  const { truth, oof, test, chosen, members, tried, correlation, shared } = blended;
  const { pipeline, competition, data } = opened;
  const { dataHashes, prepareSubmission, rowFolds, scoreAll, submissionRun } = await import('@foldwise/runs');
  const { manifest } = competition;
  const metric = findMetric(pipeline.metric ?? manifest.metric, manifest.task);
  const submission = prepareSubmission(competition, metric, test, basename(folder));
  await mkdir(folder, { recursive: true });
  const header = [manifest.columns.id, ...oof.columns];
  await writeTable(join(folder, 'oof.csv'), header, [oof.ids, ...oof.values]);
  await writeTable(join(folder, 'test.csv'), header, [test.ids, ...test.values]);
  const scores = scoreAll(metric, manifest.task, truth, oof.values);
  const fold = await rowFolds(runs[0]!, oof.ids).catch(() => undefined);
  const metrics: EnsembleMetrics = {
    format: 1,
    metric: metric.name,
    direction: metric.direction,
    score: scores[metric.name] ?? null,
    scores,
    ...(fold && {
      folds: { [metric.name]: { scores: scoresByFold(metric, manifest.task, { truth, oof, fold }) } },
    }),
    rows: { train: oof.ids.length, test: test.ids.length },
  };
  await submission.write(folder, {
    pipeline: pipeline.name,
    runs: await Promise.all(runs.map((run) => submissionRun(run.folder))),
    blend: { method: chosen.method, ...(shared && { sharedWeights: true }) },
    score: { metric: metric.name, value: metrics.score },
    data: await dataHashes(data, manifest),
  });
  await writeJson(join(folder, 'metrics.json'), metrics);
  const { method, nested, optimistic, weights, settings } = chosen;
  const record: EnsembleRecord = {
    format: 1,
    kind: 'ensemble',
    method,
    members,
    weights,
    settings,
    ...(shared && { sharedWeights: true }),
    scores: { nested, optimistic },
    tried: tried.map(({ method, nested, optimistic }) => ({ method, nested, optimistic })),
    correlation,
    foldsHash: runs[0]!.record.foldsHash,
    created: new Date().toISOString(),
  };
  await writeJson(join(folder, 'run.json'), record);
  return { metrics, blended };
}

function scoresByFold(
  metric: Metric,
  task: Task,
  { truth, oof, fold }: { truth: Columns; oof: Predictions; fold: Int32Array },
): (number | null)[] {
  const folds = [...new Set(fold)].sort((a, b) => a - b);
  return folds.map((own) => {
    const of = (columns: Columns) => columns.map((column) => column.filter((_, row) => fold[row] === own));
    const score = metric.score(of(truth), asTaken(metric, task, of(oof.values)));
    return Number.isNaN(score) ? null : score;
  });
}
