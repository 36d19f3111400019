/** The last states of two GRUs, one from each end of the text. */
import { recurrentHead } from './recurrent-head.ts';

export const bigru = recurrentHead({
  name: 'bigru',
  cell: 'gru',
  bidirectional: true,
  description:
    'the last states of two GRUs over the tokens, one from each end, of 256 units each if no number is named',
  source: 'Schuster & Paliwal 1997, Cho et al. 2014',
});
