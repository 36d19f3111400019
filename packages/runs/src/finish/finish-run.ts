/** Puts the folds of a run together: predictions for all rows, scores, and the submission. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson, writeTable } from '@foldwise/data';
import { doneFolds, readFoldMetrics } from '../fold/fold-metrics.ts';
import { epochsFolder } from '../fold/epochs-folder.ts';
import { foldRows } from '../fold/fold-rows.ts';
import { outputColumns } from './output-columns.ts';
import { postProcess } from './post-process.ts';
import { readPredictions, type Predictions } from '../files/predictions.ts';
import type { RunMetrics } from '../run/run-metrics.ts';
import type { Run } from '../run/run.ts';
import { scoreAll } from './score-all.ts';
import { submissionRun } from '../submission/submission-run.ts';
import { prepareSubmission } from '../submission/write-submission.ts';

/**
 * Writes `oof.csv` (the rows that were held out, in the order of the train rows; of several predictions the mean),
 * `test.csv` (the mean of the folds), `submission.csv` with its manifest and, last, `metrics.json`, which marks the run
 * as complete.
 *
 * @param output a folder that exists, the run's own unless the results are to be made once more elsewhere
 * @throws Error where folds are missing, the post-processing does not fit, a fold's files do not hold exactly its rows and finite numbers, or the
 * submission would hold what it must not (see `checkSubmission`); nothing is written then
 */
export async function finishRun(run: Run, output = run.folder): Promise<RunMetrics> {
  const { folder, competition, config, metric, split } = run;
  const { train, test, manifest } = competition;
  const { count } = split;
  const done = doneFolds(folder, count);
  const missing = Array.from({ length: count }, (_, fold) => fold).filter((fold) => !done.includes(fold));
  if (missing.length > 0)
    throw new Error(`${folder}: fold ${missing.join(', ')} of ${count} is not trained yet; train it first`);

  const columns = outputColumns(competition);
  const oof: Predictions = {
    ids: train.ids,
    columns,
    values: columns.map(() => new Float64Array(train.ids.length)),
  };
  const tests: Predictions = {
    ids: test.ids,
    columns,
    values: columns.map(() => new Float64Array(test.ids.length)),
  };
  const times = new Int32Array(train.ids.length); // How often each row is predicted.
  const firstFold = new Int32Array(train.ids.length); // Repeats split the same rows again.
  for (const fold of done) {
    const path = join(folder, `fold-${fold}`);
    const { valid } = foldRows(split, fold);
    for (const row of valid) if (times[row]!++ === 0) firstFold[row] = fold;
    addRows(oof, valid, 1, await readPredictions(join(path, 'oof.csv')), join(path, 'oof.csv'));
    addRows(
      tests,
      Int32Array.from(test.ids.keys()),
      1 / count,
      await readPredictions(join(path, 'test.csv')),
      join(path, 'test.csv'),
    );
  }

  const heldOut = Int32Array.from(train.ids.keys()).filter((row) => times[row]! > 0);
  const heldOutIds = Array.from(heldOut, (row) => train.ids[row]!);
  const means = oof.values.map((sums) => Float64Array.from(heldOut, (row) => sums[row]! / times[row]!));
  const truth = train.targets.map((target) => Float64Array.from(heldOut, (row) => target[row]!));
  const processed =
    config.postProcessing &&
    postProcess(config.postProcessing, {
      task: manifest.task,
      metric,
      truth,
      oof: means,
      fold: Int32Array.from(heldOut, (row) => firstFold[row]!),
      test: tests.values,
    });
  const header = [manifest.columns.id, ...columns];
  const submission = prepareSubmission(competition, metric, { ...tests, ...processed?.test }, run.name);
  await writeTable(join(output, 'oof.csv'), header, [heldOutIds, ...means]);
  await writeTable(join(output, 'test.csv'), header, [test.ids, ...tests.values]);
  const scores = scoreAll(
    metric,
    manifest.task,
    truth,
    (await readPredictions(join(output, 'oof.csv'))).values,
  );
  const metrics: RunMetrics = {
    format: 1,
    metric: metric.name,
    direction: metric.direction,
    score: scores[metric.name]!,
    scores,
    ...(await overFolds(folder, done)),
    rows: {
      train: train.ids.length,
      ...(heldOut.length < train.ids.length && { oof: heldOut.length }),
      test: test.ids.length,
    },
    ...(processed && { postProcessing: processed.record }),
  };
  const { score } = metrics;
  const runs = [await submissionRun(folder)];
  const made = {
    pipeline: config.name,
    runs,
    ...(processed && {
      postProcessing: {
        kind: processed.record.kind,
        parameters: processed.record.parameters,
        setting: processed.record.setting,
      },
    }),
    score: { metric: metric.name, value: score },
    data: run.data,
  };
  await submission.write(output, made);
  await writeJson(join(output, 'metrics.json'), metrics);
  // A process that was killed just after it had put its fold there has left them.
  for (const fold of done) await rm(epochsFolder(folder, fold), { recursive: true, force: true });
  return metrics;
}

/** Adds `weight` times the predictions of a file to the given rows of `all`; the file must hold exactly those rows. */
function addRows(all: Predictions, rows: Int32Array, weight: number, part: Predictions, path: string): void {
  if (part.columns.join() !== all.columns.join())
    throw new Error(
      `${path}: expected the columns ${all.columns.join(', ')}, got ${part.columns.join(', ')}`,
    );
  const rowOf = new Map(part.ids.map((id, row) => [id, row]));
  if (rowOf.size !== rows.length)
    throw new Error(
      `${path}: expected ${rows.length} rows, got ${rowOf.size}; train the fold again with --again`,
    );
  for (const row of rows) {
    const from = rowOf.get(all.ids[row]!);
    if (from === undefined)
      throw new Error(
        `${path}: the row ${JSON.stringify(all.ids[row])} is missing; train the fold again with --again`,
      );
    all.values.forEach((column, c) => (column[row]! += weight * part.values[c]![from]!));
  }
}

async function overFolds(
  folder: string,
  folds: number[],
): Promise<Pick<RunMetrics, 'folds' | 'seconds' | 'parameters' | 'peakMemoryBytes'>> {
  const parts = await Promise.all(folds.map(async (fold) => (await readFoldMetrics(folder, fold))!));
  // Folds that another version of Foldwise recorded may have fewer.
  const names = Object.keys(parts[0]!.scores).filter((name) => parts.every(({ scores }) => name in scores));
  return {
    folds: Object.fromEntries(
      names.map((name) => [name, summarize(parts.map(({ scores }) => scores[name] ?? null))]),
    ),
    seconds: parts.reduce((total, { seconds }) => total + seconds.total, 0),
    parameters: parts[0]!.parameters,
    peakMemoryBytes: Math.max(...parts.map(({ peakMemoryBytes }) => peakMemoryBytes)),
  };
}

/** A score that is not defined (null) makes the mean undefined too. */
function summarize(scores: (number | null)[]): RunMetrics['folds'][string] {
  const values = scores.map((score) => score ?? NaN);
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  const sd = Math.sqrt(squares / (values.length - 1));
  return { scores, mean: orNull(mean), sd: orNull(sd) };
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
