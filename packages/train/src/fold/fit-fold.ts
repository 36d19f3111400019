/** Trains the model of one fold, and predicts its held-out rows and the test rows. */
import { checkTraining, type Competition, type Pipeline } from '@foldwise/data';
import type { FoldRows } from '@foldwise/folds';
import { asTaken, findMetric } from '@foldwise/metrics';
import type { Precision } from '@foldwise/tensorflow';
import type { Batches } from '@foldwise/tokens';
import { bestWeights } from '../callbacks/best-weights.ts';
import { checkpoints } from '../callbacks/checkpoints.ts';
import { evaluation } from '../callbacks/evaluation.ts';
import { progressOf, type FitProgress } from '../callbacks/progress.ts';
import { foldStore, type FoldStoreOptions } from '../keep/fold-store.ts';
import { trainingTensors } from '../keep/training-tensors.ts';
import { finiteLoss } from '../step/finite-loss.ts';
import { linearSchedule } from '../trainer/schedule.ts';
import { Trainer } from '../trainer/trainer.ts';
import { newTrainingState, type EpochRecord, type TrainingState } from '../trainer/training-state.ts';
import { foldBatches, type FoldBatches } from './fold-batches.ts';
import { foldModel, type FoldModel } from './fold-model.ts';

export interface FitFoldOptions {
  pipeline: Pipeline;
  competition: Competition;
  /** Indices into the competition's train rows; `choose` picks the epoch where there is one, else `valid` does. */
  rows: FoldRows;
  /** Folder of the encoder's checkpoint. */
  model: string;
  /** A folder that keeps token ids between trainings (`encodeOnce`). */
  tokenCache?: string | undefined;
  /** Where the training is kept as it goes; one that finds something there goes on, to the same bits. */
  keep?: FoldStoreOptions;
  /** Hears what a person should know, such as where a training goes on. */
  onNote?: (text: string) => void;
  onProgress?: (progress: FitProgress) => void;
  /** Aborting stops after the current step; `fitFold` rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface FittedFold {
  /** Predictions by output column, in the order of `rows.valid`: numbers, or probabilities for classes. */
  oof: Float64Array[];
  /** The same for the competition's test rows, in their order. */
  test: Float64Array[];
  epochs: EpochRecord[];
  /** The epoch (from 1) whose weights made the predictions; the last one where `training.keep` says so. */
  bestEpoch: number;
  /** Of matrix products, as it was. */
  precision: Precision;
  parameters: number;
  seconds: TrainingState['seconds'];
  /** The part of these that earlier processes took, which were stopped. */
  secondsBefore: number;
  /** Real tokens (no padding) trained on each second. */
  tokensPerSecond: number;
  /** Writes the best epoch's checkpoint: config.json, model.safetensors, head.json, tokenizer files. */
  saveModel: (folder: string) => Promise<void>;
  /** Frees the model's memory; `saveModel` cannot be called after it. */
  dispose: () => void;
}

/**
 * Trains with the engine that is started. Everything random follows from `training.seed`; the epoch with the best
 * score on the held-out rows, or the last one, makes the predictions.
 *
 * @throws Error for an unknown head or metric, a damaged checkpoint, or a loss that is not a number.
 */
export async function fitFold(options: FitFoldOptions): Promise<FittedFold> {
  const { pipeline, competition, signal, onProgress } = options;
  const { manifest } = competition;
  const { epochs } = pipeline.training;
  checkTraining(pipeline.training, manifest.task);
  const metric = findMetric(pipeline.metric ?? manifest.metric, manifest.task);
  const tell = (progress: Pick<FitProgress, 'stage'> & Partial<FitProgress>) => {
    signal?.throwIfAborted();
    onProgress?.({ epoch: 1, epochs, step: 0, steps: 1, ...progress });
  };
  const clock = stopwatch();
  tell({ stage: 'tokens' });
  const batches = await foldBatches({ ...options, training: pipeline.training });
  const tokens = clock();
  tell({ stage: 'model' });
  const made = await foldModel(options);
  try {
    return await train(made, { ...options, batches, metric, tell, before: { tokens, model: clock() } });
  } catch (error) {
    made.disposeFunctions();
    made.dispose();
    throw error;
  }
}

interface Training extends FitFoldOptions {
  batches: FoldBatches;
  metric: ReturnType<typeof findMetric>;
  tell: (progress: Pick<FitProgress, 'stage'> & Partial<FitProgress>) => void;
  /** Seconds that it took to get here. */
  before: { tokens: number; model: number };
}

async function train(made: FoldModel, options: Training): Promise<FittedFold> {
  const { pipeline, competition, rows, batches, metric, tell, keep, onNote, signal } = options;
  const { training } = pipeline;
  const { task } = competition.manifest;
  const { epochs } = training;
  const { model, stepper, forward, scale, precision } = made;
  const predict = async (set: Batches, epoch: number) => {
    const onBatch = (step: number, steps: number) => tell({ stage: 'predicting', epoch, step, steps });
    const predictions = await forward.predict(set, onBatch);
    return scale?.restore(predictions) ?? predictions;
  };
  const choosing = rows.choose ?? rows.valid;
  const truth = competition.train.targets.map((column) => Float64Array.from(choosing, (row) => column[row]!));
  const best = bestWeights(model);
  const tensors = trainingTensors(model, stepper);
  const store = keep && (await foldStore(keep, options.model, onNote));
  const kept = await store?.restore(async (found) => best.remember(await tensors.put(found)));
  if (kept) onNote?.(goesOn(kept, epochs));
  const state = kept ?? newTrainingState();
  const { seconds } = state;
  const secondsBefore = Object.values(seconds).reduce((sum, part) => sum + part, 0);
  seconds.tokens += options.before.tokens;
  seconds.model += options.before.model;
  const trainer = new Trainer({
    step: finiteLoss(stepper, training),
    loader: batches.loader(made.targets),
    schedule: linearSchedule({ warmup: training.warmup, peak: training.lr }),
    epochs,
    callbacks: [
      progressOf(tell, training.batch),
      evaluation({
        predict: (epoch) => predict(batches.choosing, epoch),
        score: (predictions) => metric.score(truth, asTaken(metric, task, predictions)),
        direction: metric.direction,
        lastOnly: training.keep === 'last',
      }),
      best,
      ...(store ? [checkpoints(store, tensors)] : []),
    ],
    signal,
  });
  await trainer.run(state);

  const { epoch: bestEpoch, chosenBy } = state.best!;
  const clock = stopwatch();
  best.putBack(state);
  const oof = rows.choose ? await predict(batches.valid, bestEpoch) : chosenBy;
  const test = await predict(batches.test, bestEpoch);
  seconds.predicting += clock();
  made.disposeFunctions();
  await scale?.intoOutput(model);
  return {
    ...{ oof, test, epochs: state.epochs, bestEpoch, precision, seconds, secondsBefore },
    parameters: model.countParams(),
    tokensPerSecond: state.tokens / seconds.training,
    saveModel: made.save,
    dispose: made.dispose,
  };
}

function goesOn({ epochs, position }: TrainingState, all: number): string {
  const step = position > 0 ? `step ${position} of ` : '';
  return `goes on after ${step}epoch ${epochs.length + Number(position > 0)} of ${all}`;
}

/** Seconds since the last call. */
function stopwatch(): () => number {
  let start = performance.now();
  return () => {
    const seconds = (performance.now() - start) / 1000;
    start = performance.now();
    return seconds;
  };
}
