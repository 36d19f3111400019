/** Trains folds of a run, as `fold` and `cv` do: gets the model and the engine only where there is something to train. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { countFolds } from '@foldwise/data';
import type { EngineOptions } from '@foldwise/tensorflow';
import type { FoldMetrics, Run, RunMetrics } from '@foldwise/runs';
import type { Arguments, Context } from '../commands/command.ts';
import { engineOptions } from '../options/engine-options.ts';
import { formatDuration } from '../render/format.ts';
import { knownHead } from '../options/known-head.ts';
import { openWorkspace, type Opened } from '../workspace/open-workspace.ts';
import { allOverrides, asFlags } from '../options/pipeline-options.ts';
import { prepareModel } from '../workspace/prepare-model.ts';
import { scaleNote } from './scale-note.ts';

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
  chooseFolds: (count: number) => number[],
): Promise<Trained> {
  const overrides = allOverrides(args, context.overrides);
  const engine = engineOptions(args);
  const experiment = args['experiment'] as string | undefined;
  const opened = await openWorkspace(
    args['pipeline'] as string | undefined,
    overrides,
    async ({ head, folds }) => {
      const count = countFolds(folds);
      if (count !== undefined) chooseFolds(count);
      await knownHead(head);
    },
    experiment,
  );
  const warned = opened.competition.warnings.reduce((sum, { count }) => sum + count, 0);
  if (warned > 0)
    context.progress.note(
      `${warned} warning${warned === 1 ? '' : 's'} about the data, such as ${opened.competition.warnings[0]!.shown[0]}; npx foldwise check ${opened.pipeline.name} lists all`,
    );
  const note = scaleNote(opened.pipeline, opened.competition);
  if (note !== undefined) context.progress.note(note);
  const { doneFolds, epochsFolder, finishRun, openRun, readRun } = await import('@foldwise/runs');
  const { keptProgress } = await import('@foldwise/train');
  const run = await openRun(opened);
  const { count } = run.split;
  const wanted = chooseFolds(count);
  const folder = relative(process.cwd(), run.folder);
  context.onStop(() => {
    const done = doneFolds(run.folder, count);
    const begun = wanted
      .filter((fold) => !done.includes(fold))
      .map((fold) => ({ fold, kept: keptProgress(epochsFolder(run.folder, fold)) }));
    return describeStop(folder, done, begun);
  });

  const folds = await trainThem(run, wanted, { opened, args, engine, context });
  const done = doneFolds(run.folder, count);
  const missing = Array.from({ length: count }, (_, fold) => fold).filter((fold) => !done.includes(fold));
  let metrics: RunMetrics | undefined;
  // A run that was finished before is read, so that asking again changes no file; unless for another post-processing, or
  // by an older version.
  const isWhole = existsSync(join(run.folder, 'submission.json'));
  if (missing.length === 0)
    metrics = await readRun(run.folder).then(
      (r) => (isWhole && isAsAsked(r.metrics, run) ? r.metrics : finishRun(run)),
      () => finishRun(run),
    );
  const flags = (experiment === undefined ? '' : ` --experiment ${experiment}`) + asFlags(overrides);
  return { run, folds, done, missing, metrics, folder, flags };
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
  const { doneFolds, readFoldMetrics, trainRunFold } = await import('@foldwise/runs');
  const { fitFold } = await import('@foldwise/train');
  const again = Boolean(args['again']);
  const { progress, signal } = context;
  const { count } = run.split;
  const done = again ? [] : doneFolds(run.folder, count);
  const start = once(() => prepareModel(opened.pipeline.encoder, options, context));
  const metrics: FoldMetrics[] = [];
  for (const fold of wanted) {
    if (done.includes(fold)) {
      progress.note(`Fold ${fold} is done already; --again trains it anew.`);
      metrics.push((await readFoldMetrics(run.folder, fold))!);
      continue;
    }
    const { model, tokenCache, engine } = await start();
    signal.throwIfAborted();
    const title = `fold ${fold} of ${count}`;
    metrics.push(
      await trainRunFold(run, fold, {
        fitFold,
        model,
        tokenCache,
        engine,
        again,
        signal,
        onNote: (text) => progress.note(`Fold ${fold} ${text}.`),
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

const isAsAsked = ({ postProcessing }: RunMetrics, { config }: Run): boolean =>
  JSON.stringify(postProcessing?.setting) === JSON.stringify(config.postProcessing);

interface Begun {
  fold: number;
  kept: { epochs: number; steps: number } | undefined;
}

function describeStop(folder: string, done: number[], begun: Begun[]): string {
  const kept = [
    ...(done.length > 0 ? [`fold ${done.join(', ')}`] : []),
    ...begun.flatMap(({ fold, kept }) => (kept ? [`fold ${fold} ${describeProgress(kept)}`] : [])),
  ];
  return kept.length > 0
    ? `Kept in ${folder}: ${kept.join(', ')}. The same command goes on from there.`
    : 'No step was done, so nothing is kept; the same command starts again.';
}

function describeProgress({ epochs, steps }: NonNullable<Begun['kept']>): string {
  return steps > 0 ? `up to step ${steps} of epoch ${epochs + 1}` : `up to epoch ${epochs}`;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
