/** What the encoder's layers share: tfjs's own arguments, and how weights start. */
import { tf } from '@foldwise/tensorflow';

export type LayerArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]> & {
  /** Standard deviation of the weights' truncated normal start (BERT: 0.02); 0 where a checkpoint brings them. */
  initializerRange?: number;
};

/** The initializer of kernels and tables. */
export function initializerFor({ initializerRange = 0.02 }: LayerArgs) {
  return initializerRange === 0
    ? tf.initializers.zeros()
    : tf.initializers.truncatedNormal({ stddev: initializerRange });
}
