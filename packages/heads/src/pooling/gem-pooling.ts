/** Generalised mean with a learned exponent (Radenović et al. 2018): the mean for 1, near the maximum for large ones. */
import { tf } from '@foldwise/tensorflow';
import { generalisedMean } from './generalised-mean.ts';
import { poolingHead } from './pooling-head.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** Where the exponent starts, and below what features are cut, both as the authors have it. */
const start = 3;
const epsilon = 1e-6;

/**
 * [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]. Negative features are cut to 1e-6 and get no
 * gradient, as powers need positive numbers. Weight: exponent_bias [1]; the exponent is 3 exp(exponent_bias), one for
 * all features, so that it stays positive; it counts as a bias, as the authors do not let it decay either.
 */
export class GemPooling extends PoolingLayer {
  static readonly className = 'GemPooling';
  #exponent!: tf.LayerVariable;

  override build(): void {
    this.#exponent = this.addWeight('exponent_bias', [1], 'float32', tf.initializers.zeros());
    this.built = true;
  }

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const exponent = this.#exponent.read().exp().mul(start) as tf.Tensor1D;
    return generalisedMean(hidden, exponent, mask, epsilon);
  }

  protected override features(hidden: number): number {
    return hidden;
  }
}

tf.serialization.registerClass(GemPooling);

export const gem = poolingHead({
  name: 'gem',
  description:
    'the generalised mean of positive features over the tokens, with a learned exponent that starts at 3',
  source: 'Radenović et al. 2018 (GeM)',
  create: (name) => new GemPooling({ name }),
});
