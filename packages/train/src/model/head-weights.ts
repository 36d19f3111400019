/** The weights of a text model that stand behind its encoder, by the names that `head.safetensors` gives them. */
import type { LoadedEncoder } from '@foldwise/encoders';
import type { tf } from '@foldwise/tensorflow';

/**
 * By `layer/weight`: the layer's name and, where it is made of others, theirs. tfjs's own names are of no use here: they
 * count up with every model that a process makes.
 *
 * @throws for two weights of one name, since a file holds one tensor of a name
 */
export function headWeights(model: tf.LayersModel, encoder: LoadedEncoder): Map<string, tf.LayerVariable> {
  const inEncoder = new Set(encoder.model.weights);
  const weights = new Map<string, tf.LayerVariable>();
  for (const layer of model.layers)
    for (const weight of layer.weights) {
      if (inEncoder.has(weight)) continue;
      const prefix = `${layer.name}/`;
      // A layer that is built before it is applied has weights without its name.
      const name = weight.originalName.startsWith(prefix)
        ? weight.originalName
        : `${prefix}${weight.originalName}`;
      if (weights.has(name))
        throw new Error(
          `Two weights of the layer ${layer.name} are called ${name}; saved, one would replace the other. Give them different names in addWeight.`,
        );
      weights.set(name, weight);
    }
  return weights;
}
