/** One fold: model, training step, trainer, what is kept of a training, predictions. */
export { fitFold, type FitFoldOptions, type FittedFold } from './fold/fit-fold.ts';
export type { FitProgress } from './callbacks/progress.ts';
export { keptProgress } from './keep/kept-progress.ts';
export { textEncoder, type TextEncoder, type TextEncoderOptions } from './predict/encode-texts.ts';
export {
  textVectorizer,
  type TextVectorizer,
  type TextVectorizerOptions,
} from './predict/text-vectorizer.ts';
export { predictor, type Predictor } from './predict/predictor.ts';
export { saveTextModel, type SaveTextModelOptions } from './model/save-text-model.ts';
export { textModel, type TextModelOptions } from './model/text-model.ts';
export { loadTextModel, type LoadedTextModel } from './model/load-text-model.ts';
export { trainStep, type TrainStep, type TrainStepOptions } from './step/train-step.ts';
