/** A head of one pooling layer over the last hidden states. */
import type { HeadKind } from '../head.ts';
import type { PoolingLayer } from './pooling-layer.ts';

export interface PoolingHead extends Pick<HeadKind, 'description' | 'source'> {
  name: string;
  create: (name: string) => PoolingLayer;
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
      return ({ hiddenStates, mask }, layer) =>
        create(layer).apply([hiddenStates.at(-1)!, mask]) as ReturnType<ReturnType<HeadKind['create']>>;
    },
  };
}
