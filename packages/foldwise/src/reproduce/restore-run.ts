/** Makes the results of a run again in another folder: from its folds' predictions, or by training those that are gone. */
import { type Competition, hashFile, type Pipeline, readJson } from '@foldwise/data';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { EngineOptions } from '@foldwise/tensorflow';
import type { Run, RunMetrics, SubmissionRun } from '@foldwise/runs';
import { formatDuration } from '../format.ts';
import type { Listeners } from '../options/events.ts';
import { prepareModel } from '../workspace/prepare-model.ts';

export interface RestoreRunOptions extends EngineChoice, Listeners {
  competition: Competition;
  /** The competition's folder. */
  data: string;
  /** The folder that holds a folder of runs for each pipeline. */
  submissions: string;
  /** Of the submission; a run's record does not tell, for it may change after training. */
  postProcessing: Pipeline['postProcessing'];
  /** Where the results go: a folder that does not exist yet. */
  output: string;
  /** Whether folds that are gone may be trained. */
  retrain: boolean;
}

type EngineChoice = Pick<EngineOptions, 'engine' | 'threads' | 'device'>;

export interface RestoredRun {
  /** That were trained. */
  folds: number[];
  /** Of these, the ones whose predictions are not what they were. */
  differing: number[];
}

/**
 * @throws Error for folds that are gone, unless they may be trained, that were changed, and for a configuration that
 * no longer is that run's
 */
export async function restoreRun(expected: SubmissionRun, options: RestoreRunOptions): Promise<RestoredRun> {
  const { competition, data, submissions, postProcessing, output, retrain } = options;
  const { finishRun, openRun } = await import('@foldwise/runs');
  const pipeline: Pipeline = { ...expected.config, postProcessing };
  const run = await openRun({ pipeline, competition, data, submissions });
  if (run.configHash !== expected.configHash)
    throw new Error(
      `${expected.name} cannot be made again: its configuration now hashes to ${run.configHash.slice(0, 12)} instead of ${expected.configHash.slice(0, 12)}; the encoder's weights or this code (${expected.code.commit?.slice(0, 8) ?? expected.code.version} then) have changed`,
    );
  const gone = await missingFolds(run, expected);
  if (gone.length > 0 && !retrain) throw new Error(await whatItTakes(run, expected, gone));
  if (gone.length > 0) await train(run, gone, options);
  const differing: number[] = [];
  for (const fold of gone) if ((await changedFile(run, expected, fold)) !== undefined) differing.push(fold);
  await mkdir(output, { recursive: true });
  await copyFile(join(run.folder, 'run.json'), join(output, 'run.json'));
  // Ensembles read the rows of the folds.
  for (const name of await readdir(run.folder))
    if (/^fold-\d+$/.test(name)) await symlink(join(run.folder, name), join(output, name), 'junction');
  await finishRun(run, output);
  return { folds: gone, differing };
}

/** @throws Error for a fold that is there and not what it was */
async function missingFolds(run: Run, expected: SubmissionRun): Promise<number[]> {
  const { doneFolds } = await import('@foldwise/runs');
  const done = doneFolds(run.folder, expected.folds.length);
  const gone: number[] = [];
  for (const fold of expected.folds.keys()) {
    const file = done.includes(fold) ? await changedFile(run, expected, fold) : undefined;
    if (file !== undefined)
      throw new Error(
        `${file} is not what the submission was made of: its SHA-256 is another. Move ${join(run.folder, `fold-${fold}`)} away, and train it anew with --retrain`,
      );
    if (!done.includes(fold)) gone.push(fold);
  }
  return gone;
}

/** @returns the first of the fold's files whose hash is not the expected one */
async function changedFile(run: Run, expected: SubmissionRun, fold: number): Promise<string | undefined> {
  for (const kind of ['oof', 'test'] as const) {
    const path = join(run.folder, `fold-${fold}`, `${kind}.csv`);
    const hash = expected.folds[fold]?.[kind];
    if (hash !== undefined && (!existsSync(path) || (await hashFile(path)) !== hash)) return path;
  }
  return undefined;
}

async function whatItTakes(
  run: Run,
  { name, engine, folds }: SubmissionRun,
  gone: number[],
): Promise<string> {
  const metrics = await readJson<RunMetrics>(join(run.folder, 'metrics.json'));
  const time = metrics ? `; that took ${formatDuration((metrics.seconds * gone.length) / folds.length)}` : '';
  const { folder } = run;
  return (
    `${name} lacks fold ${gone.join(', ')} in ${relative(process.cwd(), folder)}: train ${gone.length === 1 ? 'it' : 'them'} again with --retrain${time} ` +
    `on ${engine.name} ${engine.version}, ${engine.device}, ${engine.threads} threads, and only the same gives the same bits`
  );
}

async function train(
  run: Run,
  folds: number[],
  { engine, threads, device, ...listeners }: RestoreRunOptions,
): Promise<void> {
  const { trainRunFold } = await import('@foldwise/runs');
  const { fitFold } = await import('@foldwise/train');
  const { signal, onProgress } = listeners;
  const prepared = await prepareModel(run.config.encoder, { engine, threads, device }, listeners);
  for (const fold of folds)
    await trainRunFold(run, fold, {
      fitFold,
      ...prepared,
      signal,
      onProgress: (progress) =>
        onProgress?.({ kind: 'retraining', run: run.name, fold, folds: run.split.count, ...progress }),
    });
}
