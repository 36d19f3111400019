/** Generalised mean with a learned exponent (Radenović et al. 2018): the mean for 1, near the maximum for large ones. */
import { addParameter, tf } from '@foldwise/tensorflow';
import { wasNamed } from '../former-name.ts';
import { generalisedMean } from './generalised-mean.ts';
import { poolingHead } from './pooling-head.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** Where the exponent starts, and below what features are cut, both as the authors have it. */
const start = 3;
const epsilon = 1e-6;

/**
 * [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]. Negative features are cut to 1e-6 and get no
 * gradient, as powers need positive numbers. Weight: log_exponent [1]; the exponent is 3 exp(log_exponent), one for
 * all features, so that it stays positive. It does not decay, as with the authors.
 */
export class GemPooling extends PoolingLayer {
  static readonly className = 'GemPooling';
  #logExponent!: tf.LayerVariable;

  override build(): void {
    const initializer = tf.initializers.zeros();
    this.#logExponent = wasNamed(
      'exponent_bias',
      addParameter(this, 'log_exponent', [1], { initializer, decay: false }),
    );
    this.built = true;
  }

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const exponent = this.#logExponent.read().exp().mul<tf.Tensor1D>(start);
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
