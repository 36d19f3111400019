/** Which weights of a model that was just built come from no checkpoint. */
import type { LoadedEncoder } from '@foldwise/encoders';
import { Pooler } from '@foldwise/heads';
import type { tf } from '@foldwise/tensorflow';
import { headWeights } from './head-weights.ts';

/** Their names, as `headWeights` gives them; the encoder's are not among them, nor are a pooler's. */
export function untrainedWeights(model: tf.LayersModel, encoder: LoadedEncoder): string[] {
  const poolers = model.layers.filter((layer) => layer instanceof Pooler);
  const trained = new Set(poolers.flatMap(({ weights }) => weights));
  return Array.from(headWeights(model, encoder))
    .filter(([, weight]) => !trained.has(weight))
    .map(([name]) => name);
}
