/** Mean and maximum side by side, as in ULMFiT's concat pooling (Howard & Ruder 2018) without its last state. */
import { tf } from '@foldwise/tensorflow';
import { maxOverTokens } from './max-over-tokens.ts';
import { meanOverTokens } from './mean-over-tokens.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, 2n]: means, then maxima, over the text's own tokens. */
export class ConcatPooling extends PoolingLayer {
  static readonly className = 'ConcatPooling';

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return tf.concat([meanOverTokens(hidden, mask), maxOverTokens(hidden, mask)], 1);
  }

  protected override features(hidden: number): number {
    return 2 * hidden;
  }
}

tf.serialization.registerClass(ConcatPooling);
