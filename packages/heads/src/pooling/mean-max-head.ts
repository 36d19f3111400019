/** Mean and maximum side by side, ULMFiT's concat pooling (Howard & Ruder 2018) without its last state. */
import type { HeadKind } from '../head.ts';

export const meanMax: HeadKind = {
  syntax: 'mean-max',
  description: 'the mean and the maximum over the tokens side by side: concat:mean+max',
  source: 'Howard & Ruder 2018 (ULMFiT)',
  examples: ['mean-max'],
  create: (argument, find) => {
    if (argument !== undefined) throw new Error(`Head "mean-max" takes no argument; got "${argument}".`);
    return find('concat:mean+max').apply;
  },
};
