/**
 * The library of an exported folder, `foldwise.js`: any page can import it, and TensorFlow.js with our layers from it.
 *
 * @example
 * import { loadPredictor } from './foldwise.js';
 * const predictor = await loadPredictor();
 * await predictor.predict('A fine film.'); // { outputs: [{ name: 'rating', value: 0.8 }], tokens: 6, … }
 */
export { backends, type Backend } from './use-backend.ts';
export {
  loadPredictor,
  type LoadPredictorOptions,
  type Output,
  type Prediction,
  type Predictor,
} from './load-predictor.ts';
export { tf } from '@foldwise/tensorflow';
