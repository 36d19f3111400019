/** The mean of a range of layers, then a head within. */
import type { HeadKind } from '../head.ts';
import { meanOfLayers } from './mean-of-layers.ts';

const syntax = 'layers:<from>-<to>[:<head>]';

export const layers: HeadKind = {
  syntax,
  description:
    'the mean of a range of layers, where 0 is the embeddings and 1 the first layer, then another head (mean, if none ' +
    'is named): layers:1-4:cls',
  source: 'Li et al. 2020 (BERT-flow), for the mean of the first and last layer',
  examples: ['layers:1-2', 'layers:0-1:cls', 'layers:2-2:max'],
  create: (argument, find) => {
    const [, first, last, spec = 'mean'] = /^(\d{1,3})-(\d{1,3})(?::(.*))?$/s.exec(argument ?? '') ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from <= to))
      throw new Error(
        `Head "layers" takes a range of layers, the lower first, as ${syntax}; got ${argument === undefined ? 'none' : `"${argument}"`}.`,
      );
    const inner = find(spec);
    return (inputs, name) => {
      const { hiddenStates } = inputs;
      if (to >= hiddenStates.length)
        throw new Error(
          `Head "layers:${argument}" reads up to layer ${to}; there are ${hiddenStates.length - 1} besides the embeddings, which are 0.`,
        );
      const mean = meanOfLayers(hiddenStates.slice(from, to + 1), name);
      return inner.apply({ ...inputs, hiddenStates: [mean] }, `${name}_head`);
    };
  },
};
