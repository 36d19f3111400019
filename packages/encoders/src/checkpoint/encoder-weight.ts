/** One weight of an encoder by its name. */
import type { tf } from '@foldwise/tensorflow';

/** `name` is `layer/weight`, without the number that tfjs puts behind a name it has seen before. */
export function encoderWeight(model: tf.LayersModel, name: string): tf.LayerVariable {
  const [layer, weight] = name.split('/') as [string, string];
  const found = model
    .getLayer(layer)
    .weights.find(({ originalName }) => originalName === `${layer}/${weight}`);
  if (!found) throw new Error(`The encoder has no weight ${name}.`);
  return found;
}
