/** The minimum of each feature over the text's own tokens. */
import { tf } from '@foldwise/tensorflow';
import { maxOverTokens } from './max-over-tokens.ts';
import { poolingHead } from './pooling-head.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]. */
export class MinPooling extends PoolingLayer {
  static readonly className = 'MinPooling';

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return maxOverTokens(hidden.neg(), mask).neg();
  }

  protected override features(hidden: number): number {
    return hidden;
  }
}

tf.serialization.registerClass(MinPooling);

export const min = poolingHead({
  name: 'min',
  description: 'the minimum of each feature over the tokens',
  source: 'Rücklé et al. 2018 (concatenated power means)',
  create: (name) => new MinPooling({ name }),
});
