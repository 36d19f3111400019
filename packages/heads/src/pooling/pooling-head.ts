/** A head of one pooling layer over the last hidden states. */
import type { tf } from '@foldwise/tensorflow';
import type { HeadInputs, HeadKind } from '../head.ts';
import type { PoolingLayer } from './pooling-layer.ts';

export interface PoolingHead extends Pick<HeadKind, 'description' | 'source'> {
  name: string;
  /** @param seed of the start of its weights, for layers that have some */
  create: (name: string, seed: number) => PoolingLayer;
}

/** Puts a pooling layer on the last hidden states; the result is [batch, features]. */
export function applyPooling(layer: PoolingLayer, { hiddenStates, mask }: HeadInputs): tf.SymbolicTensor {
  return layer.apply([hiddenStates.at(-1)!, mask]) as tf.SymbolicTensor;
}

/** The registry's line for a pooling that takes no argument. */
export function poolingHead({ name, description, source, create }: PoolingHead): HeadKind {
  return {
    syntax: name,
    description,
    source,
    examples: [name],
    create: (argument) => {
      if (argument !== undefined) throw new Error(`Head "${name}" takes no argument; got "${argument}".`);
      return (inputs, layer) => applyPooling(create(layer, inputs.seed ?? 0), inputs);
    },
  };
}
