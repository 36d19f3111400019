/** Puts a pooling layer on the last hidden states. */
import type { tf } from '@foldwise/tensorflow';
import type { HeadInputs } from '../head.ts';
import type { PoolingLayer } from './pooling-layer.ts';

/** The result is [batch, features]. */
export function applyPooling(layer: PoolingLayer, { hiddenStates, mask }: HeadInputs): tf.SymbolicTensor {
  return layer.apply([hiddenStates.at(-1)!, mask]) as tf.SymbolicTensor;
}
