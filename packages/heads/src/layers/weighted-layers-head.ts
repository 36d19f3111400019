/** A learned mix of all layers, ELMo's (Peters et al. 2018, equation 1), then a head within. */
import { addParameter, tf } from '@foldwise/tensorflow';
import type { HeadKind } from '../head.ts';

/**
 * Several states, each [batch, tokens, n], to one: gamma times their mean weighted by softmax(kernel). Weights: kernel
 * [states], which starts at 0, the plain mean, and which weight decay draws back there, as in ELMo; gamma [1], which
 * starts at 1.
 */
export class WeightedLayers extends tf.layers.Layer {
  static readonly className = 'WeightedLayers';
  #kernel!: tf.LayerVariable;
  #gamma!: tf.LayerVariable;

  override build(inputShape: tf.Shape[]): void {
    const { zeros, ones } = tf.initializers;
    this.#kernel = addParameter(this, 'kernel', [inputShape.length], { initializer: zeros() });
    this.#gamma = addParameter(this, 'gamma', [1], { initializer: ones(), decay: false });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const states = inputs as tf.Tensor[];
    return tf.tidy(() => {
      const weights = tf.softmax(this.#kernel.read() as tf.Tensor1D).mul(this.#gamma.read());
      const shares = tf.split(weights, states.length);
      return tf.addN(states.map((state, i) => state.mul(shares[i]!)));
    });
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return inputShape[0]!;
  }
}

tf.serialization.registerClass(WeightedLayers);

export const weightedLayers: HeadKind = {
  syntax: 'weighted-layers[:<head>]',
  description:
    'all layers and the embeddings, mixed with learned weights, then another head (mean, if none is named)',
  source: 'Peters et al. 2018 (ELMo)',
  examples: ['weighted-layers', 'weighted-layers:cls', 'weighted-layers:attention'],
  create: (argument = 'mean', find) => {
    const inner = find(argument);
    return (inputs, name) => {
      const mixed = new WeightedLayers({ name }).apply([...inputs.hiddenStates]) as tf.SymbolicTensor;
      return inner.apply({ ...inputs, hiddenStates: [mixed] }, `${name}_head`);
    };
  },
};
