/** Frees the weights of a text model. */
import type { LoadedEncoder } from '@foldwise/encoders';
import { tf } from '@foldwise/tensorflow';

/** Of the encoder as well, whose last layers are no part of a model with a head that reads earlier ones. */
export function disposeModel({
  encoder,
  model,
}: {
  encoder: LoadedEncoder;
  /** Undefined where it could not be built. */
  model?: tf.LayersModel;
}): void {
  const weights = new Set([...encoder.model.weights, ...(model?.weights ?? [])]);
  tf.dispose(Array.from(weights, (weight) => weight.read()));
}
