/** The maximum of each feature over the text's own tokens. */
import { tf } from '@foldwise/tensorflow';
import { maxOverTokens } from './max-over-tokens.ts';
import { poolingHead } from './pooling-head.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]. */
export class MaxPooling extends PoolingLayer {
  static readonly className = 'MaxPooling';

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return maxOverTokens(hidden, mask);
  }

  protected override features(hidden: number): number {
    return hidden;
  }
}

tf.serialization.registerClass(MaxPooling);

export const max = poolingHead({
  name: 'max',
  description: 'the maximum of each feature over the tokens (GlobalMaxPooling1D that leaves padding out)',
  source: 'Collobert et al. 2011',
  create: (name) => new MaxPooling({ name }),
});
