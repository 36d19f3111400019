/** Trains the model of one fold, and predicts its held-out rows and the test rows. */
import type { Competition, Pipeline } from '@foldwise/data';

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
  /** Indices into the competition's train rows. */
  rows: { train: Int32Array; valid: Int32Array };
  /** Folder of the encoder's checkpoint. */
  model: string;
  onProgress?: (progress: FitProgress) => void;
  /** Aborting stops after the current step; `fitFold` rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface FittedFold {
  /** Predictions by output column, in the order of `rows.valid`: numbers, or probabilities for classes. */
  oof: Float64Array[];
  /** The same for the competition's test rows, in their order. */
  test: Float64Array[];
  /** One entry an epoch; `score` is the pipeline's metric on the held-out rows. */
  epochs: { epoch: number; loss: number; score: number; seconds: number }[];
  /** The epoch (from 1) whose weights made the predictions. */
  bestEpoch: number;
  parameters: number;
  seconds: { tokens: number; model: number; training: number; predicting: number };
  /** Real tokens (no padding) trained on each second. */
  tokensPerSecond: number;
  /** Writes the best epoch's checkpoint: config.json, model.safetensors, head.json, tokenizer files. */
  saveModel: (folder: string) => Promise<void>;
}

/** @throws Error for an unknown head or metric, or a task that they do not serve. */
export async function fitFold(_options: FitFoldOptions): Promise<FittedFold> {
  throw new Error('fitFold is being written.');
}
