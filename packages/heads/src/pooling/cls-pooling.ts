/** The first token's hidden state, which BERT's pre-training makes stand for the text (Devlin et al. 2019). */
import { tf } from '@foldwise/tensorflow';
import { poolingHead } from './pooling-head.ts';
import { PoolingLayer } from './pooling-layer.ts';

/** [hidden [batch, tokens, n], mask [batch, tokens]] to [batch, n]: position 0. */
export class ClsPooling extends PoolingLayer {
  static readonly className = 'ClsPooling';

  protected override pool(hidden: tf.Tensor3D): tf.Tensor2D {
    const [batch, , width] = hidden.shape;
    return hidden.slice([0, 0, 0], [batch, 1, width]).reshape([batch, width]);
  }

  protected override features(hidden: number): number {
    return hidden;
  }
}

tf.serialization.registerClass(ClsPooling);

export const cls = poolingHead({
  name: 'cls',
  description: "the first token's hidden state",
  source: 'Devlin et al. 2019',
  create: (name) => new ClsPooling({ name }),
});
