/** What modules add their weights to: a layer of TensorFlow.js, which trains, saves and frees them. */
import { addParameter, tf } from '@foldwise/tensorflow';

/** The arguments of an encoder's layers besides their own: tfjs's, and how kernels and tables start. */
export type LayerArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]> & {
  /** Standard deviation of the weights' truncated normal start (BERT: 0.02); 0 where a checkpoint brings them. */
  initializerRange?: number | undefined;
};

export interface Owner extends Pick<LayerArgs, 'initializerRange'> {
  layer: tf.layers.Layer;
  /** 0 for the embeddings, i + 1 for layer i: how far from the input its weights stand. */
  depth: number;
}

/** A kernel or a table, which weight decay applies to. */
export function addMatrix(
  { layer, depth, initializerRange = 0.02 }: Owner,
  name: string,
  shape: [rows: number, columns: number],
): tf.LayerVariable {
  const initializer =
    initializerRange === 0
      ? tf.initializers.zeros()
      : tf.initializers.truncatedNormal({ stddev: initializerRange });
  return addParameter(layer, name, shape, { initializer, group: 'encoder', depth });
}

/** A bias or a part of a norm, which does not decay. */
export function addVector(
  { layer, depth }: Owner,
  name: string,
  size: number,
  start: 'zeros' | 'ones',
): tf.LayerVariable {
  const initializer = tf.initializers[start]();
  return addParameter(layer, name, [size], { initializer, decay: false, group: 'encoder', depth });
}
