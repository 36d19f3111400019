/** A head of one pooling layer over the last hidden states. */
import type { HeadKind } from '../head.ts';
import { applyPooling } from './apply-pooling.ts';
import type { PoolingLayer } from './pooling-layer.ts';

export interface PoolingHead extends Pick<HeadKind, 'description' | 'source'> {
  name: string;
  /** @param seed of the start of its weights, for layers that have some */
  create: (name: string, seed: number) => PoolingLayer;
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
