/** The sum over the text's own tokens by the root of their number, which keeps some of the length of the text. */
import { tf } from '@foldwise/tensorflow';
import { poolingHead } from './pooling-head.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]; 0 for a row without a token. */
export class MeanSqrtPooling extends PoolingLayer {
  static readonly className = 'MeanSqrtPooling';

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    return hidden.mul(mask).sum(1).div(mask.sum(1).maximum(1).sqrt());
  }

  protected override features(hidden: number): number {
    return hidden;
  }
}

tf.serialization.registerClass(MeanSqrtPooling);

export const meanSqrt = poolingHead({
  name: 'mean-sqrt',
  description: 'the sum over the tokens by the root of their number',
  source: 'Cer et al. 2018 (Universal Sentence Encoder); mean_sqrt_len_tokens of sentence-transformers',
  create: (name) => new MeanSqrtPooling({ name }),
});
