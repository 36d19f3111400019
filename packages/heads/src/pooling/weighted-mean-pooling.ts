/** The mean weighted by position, as SGPT has it (Muennighoff 2022): the first token counts once, the n-th n times. */
import { tf } from '@foldwise/tensorflow';
import { poolingHead } from './pooling-head.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]; 0 for a row without a token. */
export class WeightedMeanPooling extends PoolingLayer {
  static readonly className = 'WeightedMeanPooling';

  protected override pool(hidden: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D {
    const positions = tf.range(1, hidden.shape[1] + 1).reshape([1, -1, 1]);
    const weights = mask.mul(positions);
    return hidden.mul(weights).sum(1).div(weights.sum(1).maximum(1));
  }

  protected override features(hidden: number): number {
    return hidden;
  }
}

tf.serialization.registerClass(WeightedMeanPooling);

export const weightedMean = poolingHead({
  name: 'weighted-mean',
  description: 'the mean over the tokens, weighted by position: 1, 2, 3 …',
  source: 'Muennighoff 2022 (SGPT)',
  create: (name) => new WeightedMeanPooling({ name }),
});
