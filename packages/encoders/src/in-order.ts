/** Feeds a model by name, whichever of the inputs it has. */
import type { tf } from '@foldwise/tensorflow';
import type { InputName } from './family.ts';

/**
 * The tensors in the order of the inputs of an encoder, or of a model that it is a part of. What the model does not take
 * is left out.
 *
 * @throws for an input that is not among them
 */
export function inOrder(
  { inputNames: names }: tf.LayersModel,
  tensors: Readonly<Partial<Record<InputName, tf.Tensor>>>,
): tf.Tensor[] {
  return names.map((name) => {
    const tensor = tensors[name as InputName];
    if (!tensor)
      throw new Error(`The model takes ${names.join(', ')}; got ${Object.keys(tensors).join(', ')}.`);
    return tensor;
  });
}
