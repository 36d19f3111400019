/** Trains folds of a run, as `trainFold` and `crossValidate` do: gets model and engine only where there is something to train. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { countFolds } from '@foldwise/data';
import { checkFold } from '@foldwise/folds';
import type { FoldMetrics, Run, RunMetrics } from '@foldwise/runs';
import { z } from 'zod';
import { knownHead } from '../heads/known-head.ts';
import type { Listeners } from '../options/events.ts';
import { aFunction, engine, ofPipeline, settings, text } from '../options/options.ts';
import { toOverrides } from '../options/settings.ts';
import { asUse } from '../usage-error.ts';
import { openWorkspace, type Opened } from '../workspace/open-workspace.ts';
import { prepareModel } from '../workspace/prepare-model.ts';
import { BegunRun } from './begun-run.ts';
import { scaleNote } from './scale-note.ts';
import { TrainedRun } from './trained-run.ts';

export const training = {
  ...ofPipeline,
  ...settings,
  ...engine,
  /** One of the pipeline's experiments, by its name, instead of its own configuration. */
  experiment: text.optional(),
  /** Trains folds that are done already anew. */
  again: z.boolean().optional(),
  /** Hears of the run before its first step: its name, its folder, and what is kept of it at any time. */
  onRun: aFunction<(run: BegunRun) => void>().optional(),
};

export type TrainingOptions = z.output<z.ZodObject<typeof training>>;

/**
 * @param chooseFolds those that are wanted, of so many
 * @throws UsageError for unknown names and wrong settings, before anything slow starts
 */
export async function trainFolds(
  options: TrainingOptions,
  chooseFolds: (count: number) => number[],
): Promise<TrainedRun> {
  const { onNote, onRun } = options;
  const choose = (count: number): number[] => {
    const folds = chooseFolds(count);
    for (const fold of folds) asUse(() => checkFold(fold, count));
    return [...new Set(folds)].sort((a, b) => a - b);
  };
  const opened = await openWorkspace({
    ...options,
    overrides: toOverrides(options.settings),
    check: async ({ head, folds }) => {
      const count = countFolds(folds);
      if (count !== undefined) choose(count);
      await knownHead(head);
    },
  });
  const { competition, pipeline } = opened;
  const warned = competition.warnings.reduce((sum, { count }) => sum + count, 0);
  if (warned > 0)
    onNote?.(
      `${warned} warning${warned === 1 ? '' : 's'} about the data, such as ${competition.warnings[0]!.shown[0]}; npx foldwise check ${pipeline.name} lists all`,
    );
  const note = scaleNote(pipeline, competition);
  if (note !== undefined) onNote?.(note);
  const { finishRun, openRun, readRun, readSubmission } = await import('@foldwise/runs');
  const run = await openRun(opened);
  const wanted = choose(run.split.count);
  const begun = await BegunRun.of(run, wanted);
  onRun?.(begun);

  const folds = await trainThem(run, wanted, opened, options);
  let metrics: RunMetrics | undefined;
  // A run that was finished before is read, so that asking again changes no file; unless for another post-processing, or
  // by an older version.
  const isWhole = existsSync(join(run.folder, 'submission.json'));
  if (begun.missing.length === 0)
    metrics = await readRun(run.folder).then(
      (r) => (isWhole && isAsAsked(r.metrics, run) ? r.metrics : finishRun(run)),
      () => finishRun(run),
    );
  const warnings = metrics ? (await readSubmission(run.folder)).warnings : [];
  return new TrainedRun(run, { folds, metrics, warnings, done: begun.done, missing: begun.missing });
}

async function trainThem(
  run: Run,
  wanted: number[],
  { pipeline }: Opened,
  { again = false, signal, onProgress, onNote, engine, threads, device }: TrainingOptions,
): Promise<FoldMetrics[]> {
  const { doneFolds, readFoldMetrics, trainRunFold } = await import('@foldwise/runs');
  const { fitFold } = await import('@foldwise/train');
  const { count } = run.split;
  const done = again ? [] : doneFolds(run.folder, count);
  const listeners: Listeners = { signal, onProgress, onNote };
  const start = once(() => prepareModel(pipeline.encoder, { engine, threads, device }, listeners));
  const metrics: FoldMetrics[] = [];
  for (const fold of wanted) {
    if (done.includes(fold)) {
      onNote?.(`Fold ${fold} is done already; --again trains it anew.`);
      metrics.push((await readFoldMetrics(run.folder, fold))!);
      continue;
    }
    const prepared = await start();
    signal?.throwIfAborted();
    metrics.push(
      await trainRunFold(run, fold, {
        fitFold,
        ...prepared,
        again,
        signal,
        onNote: (text) => onNote?.(`Fold ${fold} ${text}.`),
        onProgress: (progress) =>
          onProgress?.({ kind: 'training', run: run.name, fold, folds: count, ...progress }),
      }),
    );
  }
  return metrics;
}

const isAsAsked = ({ postProcessing }: RunMetrics, { config }: Run): boolean =>
  JSON.stringify(postProcessing?.setting) === JSON.stringify(config.postProcessing);

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
