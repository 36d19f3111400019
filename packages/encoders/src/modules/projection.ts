/** The affine map from embeddings to hidden states, where these have other sizes (Lan et al. 2020; Clark et al. 2020). */
import { tf } from '@foldwise/tensorflow';
import { Linear } from './linear.ts';
import type { LayerArgs } from './owner.ts';

export interface ProjectionArgs extends LayerArgs {
  inputSize: number;
  hiddenSize: number;
}

/** [batch, tokens, input size] to [batch, tokens, hidden]. Weights: `linear_kernel`, `linear_bias`. */
export class Projection extends tf.layers.Layer {
  static readonly className = 'Projection';
  readonly #args: ProjectionArgs;
  #linear!: Linear;

  constructor(args: ProjectionArgs) {
    super(args);
    this.#args = args;
  }

  override build(): void {
    const { inputSize: inputs, hiddenSize: outputs, initializerRange } = this.#args;
    this.#linear = new Linear({ layer: this, depth: 0, initializerRange }, 'linear', { inputs, outputs });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = (Array.isArray(inputs) ? inputs : [inputs]) as [tf.Tensor3D];
    return tf.tidy(() => this.#linear.call(x));
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return [...inputShape.slice(0, -1), this.#args.hiddenSize];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.#args } as unknown as tf.serialization.ConfigDict;
  }
}

tf.serialization.registerClass(Projection);
