/** One fold: model, optimizer, schedule, checkpoints, predictions; and the records of runs. */
export {
  textEncoder,
  type EncodeTextsOptions,
  type TextEncoder,
  type TextEncoderOptions,
} from './encode-texts.ts';
export { textVectorizer, type TextVectorizer, type TextVectorizerOptions } from './text-vectorizer.ts';
export { predictor, type Predictor } from './fit/predict-texts.ts';
export { saveTextModel, type SaveTextModelOptions } from './fit/save-text-model.ts';
export { textModel, type TextModelOptions } from './fit/text-model.ts';
export { trainStep, type TrainStep, type TrainStepOptions } from './fit/train-step.ts';
export { loadTextModel, type LoadedTextModel } from './load-text-model.ts';
export { dataHashes } from './run/data-hashes.ts';
export { doneFolds } from './run/done-folds.ts';
export { finishRun } from './run/finish-run.ts';
export type { FoldMetrics } from './run/fold-metrics.ts';
export { keptEpochs } from './run/kept-epochs.ts';
export { hashFile } from './run/hash-file.ts';
export { listRuns, type ListedRun } from './run/list-runs.ts';
export { openRun, type OpenRunOptions } from './run/open-run.ts';
export { readPredictions, type Predictions } from './run/predictions.ts';
export { readJson } from './run/read-json.ts';
export { readRun, type FinishedRun } from './run/read-run.ts';
export { readSubmission } from './run/read-submission.ts';
export { readSubmitted, writeSubmitted, type Submitted } from './run/submitted.ts';
export type { EngineRecord, RunRecord } from './run/run-record.ts';
export type { RunMetrics } from './run/run-metrics.ts';
export type { Run } from './run/run.ts';
export { rowFolds } from './run/row-folds.ts';
export { scoreAll } from './run/score-all.ts';
export { replaceFolder } from './run/replace-folder.ts';
export type { SubmissionManifest, SubmissionRun } from './run/submission-manifest.ts';
export { submissionRun } from './run/submission-run.ts';
export { trainRunFold, type TrainRunFoldOptions } from './run/train-run-fold.ts';
export { writeJson } from './run/write-json.ts';
export { prepareSubmission } from './run/write-submission.ts';
export { readFoldMetrics } from './run/read-fold-metrics.ts';
export { fitFold, type FitFoldOptions, type FitProgress, type FittedFold } from './fit-fold.ts';
