/** The variables that hold a model's weights, which gradients and optimizers know. */
import { variableOf, type tf } from '@foldwise/tensorflow';

/** Of the weights that train, in their order. */
export function variablesOf(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map(variableOf);
}
