/** The variable that holds a weight, which optimizers and gradients know, for tests. */
import { tf } from '@foldwise/tensorflow';

export function variableOf(weight: tf.LayerVariable): tf.Variable {
  const value = weight.read();
  if (!isVariable(value)) throw new Error(`${weight.originalName} is held by no variable.`);
  return value;
}

const isVariable = (tensor: tf.Tensor): tensor is tf.Variable => tensor instanceof tf.Variable;
