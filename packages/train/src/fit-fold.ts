/** Trains the model of one fold, and predicts its held-out rows and the test rows. */
import { checkTraining, takesPairs, type Competition, type HeadRecord, type Pipeline } from '@foldwise/data';
import type { FoldRows } from '@foldwise/folds';
import { loadEncoder } from '@foldwise/encoders';
import { findHead, taskOutput } from '@foldwise/heads';
import { asTaken, findMetric, type Metric } from '@foldwise/metrics';
import { allowTf32, canPackSequences, fastestPrecision, type Precision } from '@foldwise/tensorflow';
import { Batcher, Tokenizer, type Encoding } from '@foldwise/tokens';
import { disposeModel } from './fit/dispose-model.ts';
import { foldStore, type FoldStoreOptions } from './fit/fold-store.ts';
import { encodeOnce } from './fit/encode-once.ts';
import { learningRate } from './fit/learning-rate.ts';
import { outputBias } from './fit/output-bias.ts';
import { labelledBatch } from './fit/labelled-batch.ts';
import { predictor } from './fit/predictor.ts';
import { saveTextModel } from './fit/save-text-model.ts';
import { targetScale } from './fit/target-scale.ts';
import { textModel } from './fit/text-model.ts';
import { trainStep } from './fit/train-step.ts';
import type { TrainingProgress } from './fit/training-progress.ts';
import { trainingState } from './fit/training-state.ts';
import { weightSnapshot } from './fit/weight-snapshot.ts';

/** What a person watching wants to know; `step` and `steps` count over all epochs, or batches of predictions. */
export interface FitProgress {
  stage: 'tokens' | 'model' | 'training' | 'predicting';
  /** From 1. */
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  /** Mean training loss of the last steps; undefined before the first one. */
  loss?: number;
  rowsPerSecond?: number;
  secondsLeft?: number;
}

export interface FitFoldOptions {
  pipeline: Pipeline;
  competition: Competition;
  /** Indices into the competition's train rows; `choose` picks the epoch where there is one, else `valid` does. */
  rows: FoldRows;
  /** Folder of the encoder's checkpoint. */
  model: string;
  /** A folder that keeps token ids between trainings (`encodeOnce`). */
  tokenCache?: string | undefined;
  /** Where each epoch that is done is kept; a training that finds some goes on after them, to the same bits. */
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
  /** One entry an epoch; `score` is the pipeline's metric on the rows that choose the epoch, where they were predicted. */
  epochs: { epoch: number; loss: number; score?: number; seconds: number }[];
  /** The epoch (from 1) whose weights made the predictions; the last one where `training.keep` says so. */
  bestEpoch: number;
  /** Of matrix products, as it was. */
  precision: Precision;
  parameters: number;
  seconds: { tokens: number; model: number; training: number; predicting: number };
  /** The part of these that earlier processes took, which were stopped. */
  secondsBefore?: number;
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
  const made: (() => void)[] = [];
  try {
    return await fit(options, made);
  } catch (error) {
    for (const dispose of made.reverse()) dispose();
    throw error;
  }
}

/** As `fitFold`; what frees the memory of a failed training goes into `made`. */
async function fit(options: FitFoldOptions, made: (() => void)[]): Promise<FittedFold> {
  const {
    pipeline,
    competition,
    rows,
    model: original,
    tokenCache,
    keep,
    onNote,
    onProgress,
    signal,
  } = options;
  const { training } = pipeline;
  const { manifest, train, test, classes } = competition;
  const head = findHead(pipeline.head);
  const metric = findMetric(pipeline.metric ?? manifest.metric, manifest.task);
  checkTraining(training, manifest.task);
  const output = taskOutput(manifest.task, classes?.length ?? train.targets.length);
  const { text, separator, target } = manifest.columns;
  const record: HeadRecord = {
    head: pipeline.head,
    output: pipeline.output,
    task: manifest.task,
    targets: target,
    classes,
    texts: { columns: [text].flat(), separator },
    maxLength: training.maxLength,
  };
  const clock = stopwatch();
  const tell = (progress: Pick<FitProgress, 'stage'> & Partial<FitProgress>) => {
    signal?.throwIfAborted();
    onProgress?.({ epoch: 1, epochs: training.epochs, step: 0, steps: 1, ...progress });
  };

  tell({ stage: 'tokens' });
  const tokenizer = await Tokenizer.load(original);
  const encode = (texts: string[][]) =>
    encodeOnce(tokenizer, texts, { model: original, maxLength: training.maxLength, folder: tokenCache });
  const encoded = { train: await encode(train.texts), test: await encode(test.texts) };
  const encodingsOf = (of: Int32Array) => Array.from(of, (row) => encoded.train[row]!);
  const [trained, valid] = [encodingsOf(rows.train), encodingsOf(rows.valid)];
  const choosing = rows.choose ?? rows.valid;
  const choosers = rows.choose ? encodingsOf(rows.choose) : valid;
  const batcher = new Batcher({
    padId: tokenizer.padId,
    packed: canPackSequences(),
    train: { encodings: trained, size: training.batch, epochs: training.epochs, seed: training.seed },
    predict: {
      size: training.predictBatch,
      sets: [...(rows.choose ? [choosers] : []), valid, encoded.test],
    },
  });
  const tokenSeconds = clock();

  tell({ stage: 'model' });
  const scale = training.standardizeTargets ? targetScale(train.targets, rows.train) : undefined;
  const targets = scale?.standardize(train.targets) ?? train.targets;
  const bias = outputBias(manifest.task, targets, rows.train, output.outputs);
  const encoder = await loadEncoder(original, { dropout: training.dropout, types: takesPairs(record) });
  const parts: Parameters<typeof disposeModel>[0] = { encoder };
  made.push(() => disposeModel(parts));
  const model = textModel({
    encoder,
    head,
    settings: pipeline.output,
    output,
    seed: training.seed,
    bias,
  });
  parts.model = model;
  const { weightDecay, clipNorm, seed } = training;
  const precision = training.precision === 'auto' ? fastestPrecision() : training.precision;
  allowTf32(precision === 'tf32');
  const stepper = trainStep({ model, output, weightDecay, clipNorm, seed, precision });
  const forward = predictor(model, output, precision);
  made.push(stepper.dispose, forward.dispose);
  const modelSeconds = clock();

  const predict = async (of: readonly Encoding[], epoch: number) => {
    const predictions = await forward.predict(batcher.predict(of), (step, steps) =>
      tell({ stage: 'predicting', epoch, step, steps }),
    );
    return scale?.restore(predictions) ?? predictions;
  };

  const truth = train.targets.map((column) => Float64Array.from(choosing, (row) => column[row]!));
  const store = keep && (await foldStore(keep, original, onNote));
  const state = trainingState(model, stepper);
  let restoreBest: (() => void) | undefined;
  const before = await store?.restore(async (kept) => {
    restoreBest = await state.put(kept);
  });
  if (before) onNote?.(`goes on after epoch ${before.epochs.length} of ${training.epochs}`);
  const progress: TrainingProgress = before ?? {
    epochs: [],
    steps: 0,
    tokens: 0,
    seconds: { tokens: 0, model: 0, training: 0, predicting: 0 },
  };
  const { epochs, seconds } = progress;
  const secondsBefore = Object.values(seconds).reduce((sum, part) => sum + part, 0);
  seconds.tokens += tokenSeconds;
  seconds.model += modelSeconds;

  for (let epoch = epochs.length + 1; epoch <= training.epochs; epoch++) {
    clock();
    const batches = batcher.train(epoch);
    const steps = batches.count * training.epochs;
    let lossSum = 0;
    const assemble = (i: number) => labelledBatch(batches.at(i), targets);
    let following = assemble(0);
    for (let i = 0; i < batches.count; i++) {
      const { entries } = following;
      const secondsSoFar = seconds.training + clock.peek();
      const stepsDone = progress.steps;
      tell({
        stage: 'training',
        epoch,
        step: stepsDone,
        steps,
        loss: i > 0 ? lossSum / i : undefined,
        rowsPerSecond: stepsDone > 0 ? (stepsDone * training.batch) / secondsSoFar : undefined,
        secondsLeft: stepsDone > 0 ? (secondsSoFar / stepsDone) * (steps - stepsDone) : undefined,
      });
      const rate = learningRate(stepsDone, { steps, warmup: training.warmup, peak: training.lr });
      const step = stepper.run(following, stepsDone, rate);
      // While the step runs on other threads.
      if (i + 1 < batches.count) following = assemble(i + 1);
      const loss = await step;
      if (!Number.isFinite(loss))
        throw new Error(
          `The loss became ${loss} at step ${stepsDone + 1} of ${steps}: training diverged. Lower training.lr (now ${training.lr}) or training.clipNorm.`,
        );
      lossSum += loss;
      progress.steps++;
      for (const entry of entries) progress.tokens += trained[entry]!.ids.length;
    }
    const trainingSeconds = clock();
    seconds.training += trainingSeconds;

    const loss = lossSum / batches.count;
    const isLast = epoch === training.epochs;
    if (training.keep === 'last' && !isLast) {
      epochs.push({ epoch, loss, seconds: trainingSeconds });
    } else {
      const chosenBy = await predict(choosers, epoch);
      const score = metric.score(truth, asTaken(metric, manifest.task, chosenBy));
      seconds.predicting += clock();
      epochs.push({ epoch, loss, score, seconds: trainingSeconds });
      if (!progress.best || better(metric, score, progress.best.score))
        progress.best = { epoch, score, chosenBy };
    }
    const isBest = progress.best?.epoch === epoch;
    // Only a later epoch can make a copy of the best one's weights necessary.
    if (isBest && !isLast) restoreBest = await weightSnapshot(model);
    await store?.write({
      progress,
      weights: isBest || !isLast ? state.weights() : undefined,
      moments: isLast ? undefined : await state.moments(),
    });
  }

  const { epoch: bestEpoch, chosenBy } = progress.best!;
  clock();
  if (bestEpoch !== training.epochs) restoreBest!();
  const oof = rows.choose ? await predict(valid, bestEpoch) : chosenBy;
  const testPredictions = await predict(encoded.test, bestEpoch);
  seconds.predicting += clock();
  stepper.dispose();
  forward.dispose();
  await scale?.intoOutput(model);
  return {
    oof,
    test: testPredictions,
    epochs,
    bestEpoch,
    precision,
    parameters: model.countParams(),
    seconds,
    secondsBefore,
    tokensPerSecond: progress.tokens / seconds.training,
    saveModel: (folder) => saveTextModel(folder, { model, encoder, original, record }),
    dispose: () => disposeModel(parts),
  };
}

/** A score that is not defined (a correlation with constant predictions) is worse than any other. */
function better({ direction }: Metric, score: number, than: number): boolean {
  if (Number.isNaN(than)) return !Number.isNaN(score);
  return direction === 'lower' ? score < than : score > than;
}

/** Seconds since the last call; `peek` tells them without starting over. */
function stopwatch(): (() => number) & { peek: () => number } {
  let start = performance.now();
  const peek = () => (performance.now() - start) / 1000;
  const lap = () => {
    const seconds = peek();
    start = performance.now();
    return seconds;
  };
  return Object.assign(lap, { peek });
}
