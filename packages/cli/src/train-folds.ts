/** Trains folds of a run, as `fold` and `cv` do: gets the model and the engine only where there is something to train. */
import { relative } from 'node:path';
import type { Engine, EngineOptions } from '@foldwise/tensorflow';
import type { EngineRecord, FoldMetrics, Run, RunMetrics } from '@foldwise/train';
import type { Arguments, Context } from './command.ts';
import { formatDuration } from './format-duration.ts';
import { openWorkspace, type Opened } from './open-workspace.ts';
import { allOverrides, asFlags } from './pipeline-options.ts';
import { UsageError } from './usage-error.ts';

export interface Trained {
  run: Run;
  /** Of the folds that were asked for, in their order. */
  folds: FoldMetrics[];
  /** Folds of the run that are done, and that are not. */
  done: number[];
  missing: number[];
  /** Undefined while folds are missing. */
  metrics: RunMetrics | undefined;
  /** The run's folder, relative to the working directory. */
  folder: string;
  /** The options that led here, for telling what to run next. */
  flags: string;
}

/** @param chooseFolds reads the folds from the command line, and throws for wrong ones before anything slow starts */
export async function trainFolds(
  args: Arguments,
  context: Context,
  chooseFolds: (k: number) => number[],
): Promise<Trained> {
  const overrides = allOverrides(args, context.overrides);
  let wanted: number[] = [];
  const engine = engineOptions(args);
  const opened = await openWorkspace(
    args['pipeline'] as string | undefined,
    overrides,
    async ({ head, folds }) => {
      wanted = chooseFolds(folds.k);
      await checkHead(head);
    },
  );
  const { doneFolds, finishRun, openRun, readRun } = await import('@foldwise/train');
  const run = await openRun(opened);
  const { k } = run.config.folds;
  const folder = relative(process.cwd(), run.folder);
  context.onStop(() => describeStop(doneFolds(run.folder, k), folder));

  const folds = await trainThem(run, wanted, { opened, args, engine, context });
  const done = doneFolds(run.folder, k);
  const missing = Array.from({ length: k }, (_, fold) => fold).filter((fold) => !done.includes(fold));
  let metrics: RunMetrics | undefined;
  // A run that was finished before is read, so that asking again changes no file.
  if (missing.length === 0)
    metrics = await readRun(run.folder).then(
      (r) => r.metrics,
      () => finishRun(run),
    );
  return { run, folds, done, missing, metrics, folder, flags: asFlags(overrides) };
}

async function trainThem(
  run: Run,
  wanted: number[],
  {
    opened,
    args,
    engine: options,
    context,
  }: { opened: Opened; args: Arguments; engine: EngineOptions; context: Context },
): Promise<FoldMetrics[]> {
  const { doneFolds, fitFold, readFoldMetrics, trainRunFold } = await import('@foldwise/train');
  const again = Boolean(args['again']);
  const { progress, signal } = context;
  const { k } = run.config.folds;
  const done = again ? [] : doneFolds(run.folder, k);
  const start = once(() => prepare(opened, options, context));
  const metrics: FoldMetrics[] = [];
  for (const fold of wanted) {
    if (done.includes(fold)) {
      progress.note(`Fold ${fold} is done already; --again trains it anew.`);
      metrics.push((await readFoldMetrics(run.folder, fold))!);
      continue;
    }
    const { model, engine } = await start();
    signal.throwIfAborted();
    const title = `fold ${fold} of ${k}`;
    metrics.push(
      await trainRunFold(run, fold, {
        fitFold,
        model,
        engine,
        again,
        signal,
        onProgress: ({ stage, epoch, epochs, step, steps, loss, rowsPerSecond, secondsLeft }) => {
          const what = stage === 'training' ? `${title}, epoch ${epoch} of ${epochs}` : `${title}, ${stage}`;
          const details = [
            loss === undefined ? '' : `loss ${loss.toFixed(4)}`,
            rowsPerSecond === undefined ? '' : `${Math.round(rowsPerSecond)} rows/s`,
            secondsLeft === undefined ? '' : `${formatDuration(secondsLeft)} left`,
          ];
          progress.update(what, step, steps, details.filter(Boolean));
        },
      }),
    );
    progress.stop();
  }
  return metrics;
}

/** The encoder's files and the engine, downloaded where they are not here yet. */
async function prepare(
  { pipeline }: Opened,
  options: EngineOptions,
  { progress, signal }: Context,
): Promise<{ model: string; engine: EngineRecord }> {
  const { cacheFolder, startEngine } = await import('@foldwise/tensorflow');
  const { resolveModel } = await import('@foldwise/encoders');
  const { folder: model } = await resolveModel(pipeline.encoder, {
    cacheFolder: cacheFolder(),
    onProgress: ({ message, loadedBytes, totalBytes }) =>
      totalBytes ? progress.update(message, loadedBytes ?? 0, totalBytes) : progress.note(message),
  });
  signal.throwIfAborted();
  const engine = await startEngine({
    ...options,
    onProgress: ({ phase, what, done, total }) => progress.update(`${phase} ${what}`, done, total ?? 0),
  });
  progress.stop();
  if (engine.name === 'wasm') progress.note(engine.reason);
  return { model, engine: describeEngine(engine) };
}

function describeEngine(engine: Engine): EngineRecord {
  const { name, version, threads } = engine;
  const devices = engine.name === 'tensorflow' ? engine.devices : [];
  const device = devices.find(({ type }) => type !== 'CPU')?.name ?? 'CPU';
  return { name, version, device, threads };
}

async function checkHead(head: string): Promise<void> {
  const { findHead } = await import('@foldwise/heads');
  try {
    findHead(head);
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function engineOptions({ engine, threads, device }: Arguments): EngineOptions {
  if (threads !== undefined && !/^[1-9]\d*$/.test(String(threads)))
    throw new UsageError(`--threads: expected a whole number of at least 1, got "${threads}"`);
  if (device !== undefined && !/^(auto|cpu|gpu(:\d+)?)$/.test(String(device)))
    throw new UsageError(`--device: expected cpu, gpu, gpu:0, gpu:1 and so on, or auto, got "${device}"`);
  return {
    engine: engine as EngineOptions['engine'],
    threads: threads === undefined ? undefined : Number(threads),
    device: device as EngineOptions['device'],
  };
}

function describeStop(done: number[], folder: string): string {
  const kept = done.length > 0 ? `Kept in ${folder}: fold ${done.join(', ')}. ` : '';
  return `${kept}What was under way is not kept; the same command starts it again.`;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
