/** The variables that hold a model's weights, which gradients and optimizers know. */
import { tf } from '@foldwise/tensorflow';

/** Of the weights that train, in their order. */
export function variablesOf(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map(variableOf);
}

export function variableOf(weight: tf.LayerVariable): tf.Variable {
  const value = weight.read();
  if (!isVariable(value)) throw new Error(`${weight.originalName} is held by no variable.`);
  return value;
}

const isVariable = (tensor: tf.Tensor): tensor is tf.Variable => tensor instanceof tf.Variable;
