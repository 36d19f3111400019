/** Heads of a recurrent layer over the tokens' last hidden states: LSTM and GRU, in one direction or both. */
import type { HeadKind } from '../head.ts';
import { applyPooling } from '../pooling/pooling-head.ts';
import { RecurrentPooling } from './recurrent-pooling.ts';
import type { Cell } from './recurrent-weights.ts';
import { unitsOf } from './units-of.ts';

interface RecurrentHead extends Pick<HeadKind, 'description' | 'source'> {
  name: string;
  cell: Cell;
  bidirectional: boolean;
}

/** The registry's line for it. */
function recurrentHead({ name, cell, bidirectional, description, source }: RecurrentHead): HeadKind {
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

export const lstm = recurrentHead({
  name: 'lstm',
  cell: 'lstm',
  bidirectional: false,
  description: 'the last state of an LSTM over the tokens, of 256 units if no number is named',
  source: 'Hochreiter & Schmidhuber 1997',
});

export const bilstm = recurrentHead({
  name: 'bilstm',
  cell: 'lstm',
  bidirectional: true,
  description:
    'the last states of two LSTMs over the tokens, one from each end, of 256 units each if no number is named',
  source: 'Graves & Schmidhuber 2005',
});

export const gru = recurrentHead({
  name: 'gru',
  cell: 'gru',
  bidirectional: false,
  description: 'the last state of a GRU over the tokens, of 256 units if no number is named',
  source: 'Cho et al. 2014',
});

export const bigru = recurrentHead({
  name: 'bigru',
  cell: 'gru',
  bidirectional: true,
  description:
    'the last states of two GRUs over the tokens, one from each end, of 256 units each if no number is named',
  source: 'Schuster & Paliwal 1997, Cho et al. 2014',
});
