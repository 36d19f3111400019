/** GlobalAveragePooling1D that leaves padding out; as in Sentence-BERT (Reimers & Gurevych 2019). */
import { tf } from '@foldwise/tensorflow';
import { poolingHead } from './pooling-head.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]: the mean over the text's own tokens. */
export class MeanPooling extends PoolingLayer {
  static readonly className = 'MeanPooling';

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    // A row that only fills up a batch may have no token at all; it is not used, but must not be NaN.
    return hidden.mul(mask).sum(1).div(mask.sum(1).maximum(1));
  }

  protected override features(hidden: number): number {
    return hidden;
  }
}

tf.serialization.registerClass(MeanPooling);

export const mean = poolingHead({
  name: 'mean',
  description: 'the mean over the tokens (GlobalAveragePooling1D that leaves padding out)',
  source: 'Reimers & Gurevych 2019',
  create: (name) => new MeanPooling({ name }),
});
