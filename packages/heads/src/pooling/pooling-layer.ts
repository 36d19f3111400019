/** What all poolings share: hidden states and a mask go in, one vector a text comes out. */
import { tf } from '@foldwise/tensorflow';

/** The arguments of every tfjs layer, such as its name. */
export type PoolingArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;

export interface LearnedPoolingArgs extends PoolingArgs {
  /** Of the start of the weights (default 0). */
  seed?: number;
}

/**
 * A pooling over tokens. Inputs: [hidden states [batch, tokens, hidden], attention mask [batch, tokens], 1 for tokens
 * and 0 for padding]. Output: [batch, features]. Masked tokens change nothing and get no gradient.
 */
export abstract class PoolingLayer extends tf.layers.Layer {
  /** The pooled vectors; `mask` is float32 [batch, tokens, 1]. */
  protected abstract pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D;

  /** Features of the output for a number of hidden features. */
  protected abstract features(hidden: number): number;

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    if (!Array.isArray(inputs) || inputs.length !== 2)
      throw new Error(
        `${this.getClassName()} takes [hidden states, attention mask]; got one tensor, which has no mask.`,
      );
    const [hidden, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    if (hidden.rank !== 3 || mask.rank !== 2)
      throw new Error(
        `${this.getClassName()} takes hidden states [batch, tokens, hidden] and a mask [batch, tokens]; got [${hidden.shape}] and [${mask.shape}].`,
      );
    return tf.tidy(() => this.pool(hidden, mask.toFloat().expandDims<tf.Tensor3D>(-1)));
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    const [batch, , hidden] = inputShape[0]!;
    return [batch!, this.features(hidden!)];
  }
}
