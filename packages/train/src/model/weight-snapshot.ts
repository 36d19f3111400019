/** A copy of a model's weights at one time, to go back to. */
import { tf } from '@foldwise/tensorflow';

/** Copies the weights; the function that comes back puts them into the model again. */
export async function weightSnapshot(model: tf.LayersModel): Promise<() => void> {
  const weights = model.weights.map((weight) => ({ weight, shape: weight.read().shape }));
  const values = await Promise.all(weights.map(({ weight }) => weight.read().data()));
  return () =>
    tf.tidy(() => weights.forEach(({ weight, shape }, i) => weight.write(tf.tensor(values[i]!, shape))));
}
