/** One fold: model, optimizer, schedule, checkpoints, predictions. */
export { textEncoder, type TextEncoder, type TextEncoderOptions } from './encode-texts.ts';
export { textVectorizer, type TextVectorizer, type TextVectorizerOptions } from './text-vectorizer.ts';
export { predictor, type Predictor } from './fit/predictor.ts';
export { saveTextModel, type SaveTextModelOptions } from './fit/save-text-model.ts';
export { textModel, type TextModelOptions } from './fit/text-model.ts';
export { trainStep, type TrainStep, type TrainStepOptions } from './fit/train-step.ts';
export { loadTextModel, type LoadedTextModel } from './load-text-model.ts';
export { keptEpochs } from './fit/kept-epochs.ts';
export { fitFold, type FitFoldOptions, type FitProgress, type FittedFold } from './fit-fold.ts';
