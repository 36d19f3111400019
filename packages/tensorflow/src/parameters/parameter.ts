/** What an optimizer should know of a weight, said by the layer that makes it and never guessed from its name. */
import { tf } from '../tf.ts';

export interface Parameter {
  /** Whether weight decay applies: to kernels and tables, not to biases and norms. */
  decay: boolean;
  /** The part of the model that it belongs to, such as `encoder` or `head`: settings are given for each. */
  group: string;
  /**
   * How far from the input it stands: 0 for an encoder's embeddings, i + 1 for its layer i. Undefined for what stands on
   * top of all layers.
   */
  depth: number | undefined;
}

export interface ParameterOptions extends Partial<Parameter> {
  /** Of the weight's start. */
  initializer: ReturnType<typeof tf.initializers.ones>;
  /** Whether training changes it (default true). It can be set later: `weight.trainable`. */
  trainable?: boolean;
}

/** By the variable that holds the value: what an optimizer sees. */
const parameters = new WeakMap<tf.Variable, Parameter>();

/**
 * Adds a float32 weight to a layer, in its `build`. By default it decays, and belongs to the group `head`, on top of all
 * layers.
 */
export function addParameter(
  layer: tf.layers.Layer,
  name: string,
  shape: number[],
  { initializer, trainable = true, decay = true, group = 'head', depth }: ParameterOptions,
): tf.LayerVariable {
  // TensorFlow.js lets subclasses alone call it; modules that several layers are made of call it for them.
  const adder = layer as unknown as { addWeight: (...args: unknown[]) => tf.LayerVariable };
  const weight = adder.addWeight(name, shape, 'float32', initializer, undefined, trainable);
  parameters.set(variableOf(weight), { decay, group, depth });
  return weight;
}

/**
 * What was said of a variable. One that a layer of TensorFlow.js made, which says nothing, decays unless it is a vector or
 * a number (as in timm), and belongs to the group `head`.
 */
export function parameterOf(variable: tf.Variable): Parameter {
  return parameters.get(variable) ?? { decay: variable.rank > 1, group: 'head', depth: undefined };
}

/** The variable that holds a weight's value. */
export function variableOf(weight: tf.LayerVariable): tf.Variable {
  const value = weight.read();
  if (!(value instanceof tf.Variable)) throw new Error(`The weight ${weight.name} holds no variable.`);
  return value as tf.Variable;
}
