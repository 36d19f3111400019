/** A head of a recurrent layer over the tokens' last hidden states. */
import type { HeadKind } from '../head.ts';
import { applyPooling } from '../pooling/apply-pooling.ts';
import { RecurrentPooling } from './recurrent-pooling.ts';
import type { Cell } from './recurrent-weights.ts';
import { unitsOf } from './units-of.ts';

export interface RecurrentHead extends Pick<HeadKind, 'description' | 'source'> {
  name: string;
  cell: Cell;
  bidirectional: boolean;
}

/** The registry's line for it. */
export function recurrentHead({ name, cell, bidirectional, description, source }: RecurrentHead): HeadKind {
  return {
    syntax: `${name}[:<units>]`,
    description,
    source,
    examples: [name, `${name}:128`],
    create: (argument) => {
      const units = unitsOf(name, argument);
      return (inputs, layer) =>
        applyPooling(
          new RecurrentPooling({ name: layer, cell, units, bidirectional, seed: inputs.seed ?? 0 }),
          inputs,
        );
    },
  };
}
